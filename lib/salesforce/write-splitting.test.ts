import { describe, expect, it } from "vitest";
import { scriptedOrgs } from "./test-open-scripted";
import {
  groupsOf,
  refusal,
  rowAnswers,
  rowError,
  writesOf,
  type Script,
  type Sub,
} from "./test-scripted-org";
import { account, accounts, contact, faultOf, keysIn } from "./test-write-rows";

const { openSide } = scriptedOrgs();

/** Fails a collection as a whole whenever one of these keys is in it. */
const poisoned =
  (keys: readonly string[], reply = refusal("UNKNOWN_EXCEPTION", "An unexpected error occurred", 500)) =>
  (sub: Sub) =>
    keysIn(sub).some((key) => keys.includes(String(key))) ? reply : undefined;

describe("a group that fails as a whole", () => {
  it("is halved down to the row that spoils it", async () => {
    const { org, side } = await openSide({ sub: poisoned(["37"]) });
    const { results } = await side.write(accounts(200));
    expect(results.filter(({ ok }) => !ok).map(({ rowId }) => rowId)).toEqual(["a37"]);
    expect(results).toHaveLength(200);
    expect(writesOf(org).length).toBeLessThanOrEqual(9);
  });

  it("leaves the other groups of the call as they are", async () => {
    const { org, side } = await openSide({ sub: poisoned(["0"]) });
    const { results } = await side.write(accounts(600));
    expect(results.filter(({ ok }) => !ok)).toHaveLength(1);
    const sent = writesOf(org)
      .flatMap((call) => groupsOf(call).flat())
      .map((record) => record["SyncId__c"]);
    expect(sent.filter((key) => key === "400")).toHaveLength(1);
  });

  it.each([
    ["INVALID_TYPE", "sObject type 'Account' is not supported.", 400, "set_up"],
    ["NOT_FOUND", "Provided external ID field does not exist or is not accessible: SyncId__c", 404, "set_up"],
    ["REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.", 403, "org_limit"],
    ["PROCESSING_HALTED", "The transaction was rolled back", 400, "org_busy"],
    ["UNABLE_TO_LOCK_ROW", "unable to obtain exclusive access to this record", 400, "row_locked"],
  ])("is not halved for %s", async (code, message, status, expected) => {
    const { org, side } = await openSide({
      sub: (sub) => (sub.body ? refusal(code, message, status) : undefined),
    });
    const { results } = await side.write(accounts(4));
    expect(results.map((result) => faultOf(result).code)).toEqual([expected, expected, expected, expected]);
    expect(writesOf(org)).toHaveLength(1);
  });

  it("is split once where the org says which field it does not know", async () => {
    const message = "No such column 'Name' on sobject of type Account";
    const hasName = (sub: Sub): boolean => (sub.body?.records ?? []).some((record) => "Name" in record);
    const { org, side } = await openSide({
      sub: (sub) => (hasName(sub) ? refusal("INVALID_FIELD", message) : undefined),
    });
    const { results } = await side.write([
      account("1"),
      account("2", { fields: { OwnerId: null } }),
      account("3"),
    ]);
    expect(results.map(({ ok }) => ok)).toEqual([false, true, false]);
    expect(faultOf(results[0])).toMatchObject({ code: "field_missing", field: "Name" });
    expect(writesOf(org)).toHaveLength(2);
  });

  it("stops costing calls when halving finds no end, and leaves the rest for later", async () => {
    const { org, side } = await openSide({
      sub: (sub) =>
        sub.body ? refusal("UNKNOWN_EXCEPTION", "An unexpected error occurred", 500) : undefined,
    });
    const { results } = await side.write(accounts(1_000));
    expect(results).toHaveLength(1_000);
    expect(new Set(results.map((result) => faultOf(result).code))).toEqual(new Set(["org_busy"]));
    expect(writesOf(org).length).toBeLessThanOrEqual(20);
  });
});

describe("many rows that spoil their groups", () => {
  it("are all found while splitting lasts, and no other row is lost with them", async () => {
    const bad = ["3", "77", "250", "400", "999"];
    const { org, side } = await openSide({ sub: poisoned(bad) });
    const { results } = await side.write(accounts(1_000));
    expect(results.filter(({ ok }) => !ok).map(({ rowId }) => rowId)).toEqual(bad.map((key) => `a${key}`));
    expect(writesOf(org).length).toBeLessThanOrEqual(40);
  });

  it("cost a bounded number of calls when there is no end of them", async () => {
    const bad = Array.from({ length: 500 }, (_, index) => String(index * 2));
    const { org, side } = await openSide({ sub: poisoned(bad) });
    const { results } = await side.write(accounts(1_000));
    const failed = results.filter(({ ok }) => !ok);
    expect(results).toHaveLength(1_000);
    expect(failed.length).toBeGreaterThanOrEqual(500);
    expect(writesOf(org).length).toBeLessThanOrEqual(65);
  });
});

describe("a call that the org cannot read", () => {
  const call: Script["call"] = (subs) =>
    subs.some((sub) => keysIn(sub).includes("3"))
      ? refusal("JSON_PARSER_ERROR", "Unexpected character")
      : undefined;

  it("is halved down to the row that spoils it", async () => {
    const { org, side } = await openSide({ call });
    const { results } = await side.write([...accounts(40), contact("9")]);
    expect(results.filter(({ ok }) => !ok).map(({ rowId }) => rowId)).toEqual(["a3"]);
    expect(faultOf(results[3])).toMatchObject({
      code: "invalid_value",
      origin: { code: "JSON_PARSER_ERROR" },
    });
    expect(writesOf(org).length).toBeLessThanOrEqual(15);
  });
});

describe("an org whose automation is slow", () => {
  const cpu = "execution of BeforeInsert caused by: System.LimitException: Apex CPU time limit exceeded";
  const script: Script = {
    sub: (sub) => {
      if (!sub.body?.records) return undefined;
      if (sub.body.records.length <= 50) return rowAnswers(sub);
      return rowAnswers(sub, () => rowError("CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", cpu));
    },
  };

  it("gets fewer rows at a time, and keeps getting fewer", async () => {
    const { org, side } = await openSide(script);
    const first = await side.write(accounts(200));
    expect(first.results.every(({ ok }) => ok)).toBe(true);
    const before = writesOf(org).length;
    const second = await side.write(accounts(200));
    expect(second.results.every(({ ok }) => ok)).toBe(true);
    const later = writesOf(org).slice(before);
    expect(later.flatMap((call) => groupsOf(call).map((group) => group.length))).toEqual([50, 50, 50, 50]);
  });

  it("is left in peace when even one row is too much", async () => {
    const answer = (): unknown => rowError("CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", cpu);
    const { side } = await openSide({ sub: (sub) => (sub.body ? rowAnswers(sub, answer) : undefined) });
    const { results } = await side.write(accounts(2));
    expect(results.map((result) => faultOf(result).code)).toEqual(["org_automation", "org_automation"]);
  });

  it("gets less per call after one that took too long", async () => {
    let hanging = true;
    const call: Script["call"] = (subs) => (hanging && subs.some((sub) => sub.body) ? "hang" : undefined);
    const { org, side } = await openSide({ call }, { timeoutMs: 300 });
    const write = side.write(accounts(1_000));
    await expect(write).rejects.toMatchObject({ fault: { code: "org_busy" } });
    hanging = false;
    await side.write(accounts(1_000));
    expect(writesOf(org).map(({ subs }) => subs.length)).toEqual([5, 2, 2, 1]);
  });
});
