import { afterEach, describe, expect, it } from "vitest";
import { FaultError } from "@/lib/core/faults";
import type { RowResult, Side, WriteRow } from "@/lib/core/side";
import type { SalesforceConfig } from "./config";
import { openSalesforceSide } from "./side";
import {
  configFor,
  groupsOf,
  refusal,
  rowAnswers,
  rowError,
  startScriptedOrg,
  writesOf,
  written,
  type Script,
  type ScriptedOrg,
  type Sub,
} from "./testing/scripted-org";

const orgs: ScriptedOrg[] = [];
afterEach(async () => {
  for (const org of orgs.splice(0)) await org.close();
});

async function open(
  script: Script = {},
  more: Partial<SalesforceConfig> = {},
): Promise<{ org: ScriptedOrg; side: Side }> {
  const org = await startScriptedOrg(script);
  orgs.push(org);
  return { org, side: openSalesforceSide(configFor(org, more)) };
}

function account(key: string, more: Partial<WriteRow> = {}): WriteRow {
  const fields = { Name: `Name of ${key}` };
  return {
    rowId: `a${key}`,
    object: "Account",
    id: null,
    keyField: "SyncId__c",
    key,
    fields,
    rank: 0,
    ...more,
  };
}

function contact(key: string, more: Partial<WriteRow> = {}): WriteRow {
  const fields = { LastName: "Doe" };
  return {
    rowId: `c${key}`,
    object: "Contact",
    id: null,
    keyField: "SyncId__c",
    key,
    fields,
    rank: 1,
    ...more,
  };
}

const accounts = (count: number): WriteRow[] =>
  Array.from({ length: count }, (_, index) => account(String(index)));

function faultOf(result: RowResult | undefined): {
  code: string;
  sentence: string;
  missingReference?: string;
} {
  if (!result || result.ok) throw new Error("the row did not fail");
  return { ...result.fault, missingReference: result.missingReference };
}

const byRowId = (results: readonly RowResult[]): ReadonlyMap<string, RowResult> =>
  new Map(results.map((result) => [result.rowId, result]));

const keysIn = (sub: Sub): readonly unknown[] =>
  (sub.body?.records ?? []).map((record) => record["SyncId__c"]);

/** Fails a collection as a whole whenever one of these keys is in it. */
const poisoned =
  (keys: readonly string[], reply = refusal("UNKNOWN_EXCEPTION", "An unexpected error occurred", 500)) =>
  (sub: Sub) =>
    keysIn(sub).some((key) => keys.includes(String(key))) ? reply : undefined;

describe("writing", () => {
  it("carries 1,000 rows in one call", async () => {
    const { org, side } = await open();
    const { results, calls } = await side.write(accounts(1_000));
    expect(results.every(({ ok }) => ok)).toBe(true);
    expect(results.map(({ rowId }) => rowId)).toEqual(accounts(1_000).map(({ rowId }) => rowId));
    expect(writesOf(org)).toHaveLength(1);
    expect(groupsOf(writesOf(org)[0] ?? { subs: [] }).map((group) => group.length)).toEqual([
      200, 200, 200, 200, 200,
    ]);
    expect(calls).toHaveLength(1);
    expect(calls[0]?.rowIds).toHaveLength(1_000);
  });

  it("needs as many calls as there are thousands", async () => {
    const { org, side } = await open();
    const { results, calls } = await side.write(accounts(2_001));
    expect(results).toHaveLength(2_001);
    expect(writesOf(org)).toHaveLength(3);
    expect(calls.map(({ rowIds }) => rowIds.length)).toEqual([1_000, 1_000, 1]);
  });

  it("upserts by external id what has no id, and updates by id what has", async () => {
    const { org, side } = await open();
    const { results } = await side.write([account("1"), account("2", { id: "001000000000009AAA" })]);
    const [call] = writesOf(org);
    expect(call?.subs.map(({ method, url }) => `${method} ${url}`)).toEqual([
      "PATCH /services/data/v62.0/composite/sobjects/Account/SyncId__c",
      "PATCH /services/data/v62.0/composite/sobjects",
    ]);
    expect(groupsOf(call ?? { subs: [] })).toEqual([
      [{ attributes: { type: "Account" }, SyncId__c: "1", Name: "Name of 1" }],
      [{ attributes: { type: "Account" }, id: "001000000000009AAA", Name: "Name of 2" }],
    ]);
    expect(results).toMatchObject([
      { ok: true, created: true },
      { ok: true, created: false, id: "001000000000009AAA" },
    ]);
  });

  it("writes lower ranks first and points into them by external id", async () => {
    const { org, side } = await open();
    await side.write([
      contact("7", { fields: { LastName: "Doe", AccountId: "5" } }),
      contact("8", { fields: { AccountId: null } }),
      account("5", { fields: { OwnerId: "005000000000001AAA" } }),
    ]);
    expect(groupsOf(writesOf(org)[0] ?? { subs: [] })).toEqual([
      [{ attributes: { type: "Account" }, SyncId__c: "5", OwnerId: "005000000000001AAA" }],
      [
        { attributes: { type: "Contact" }, SyncId__c: "7", LastName: "Doe", Account: { SyncId__c: "5" } },
        { attributes: { type: "Contact" }, SyncId__c: "8", AccountId: null },
      ],
    ]);
  });

  it("keeps two rows of one record out of one group", async () => {
    const { org, side } = await open();
    await side.write([account("A1"), account("a1", { rowId: "again", fields: { Name: "Later" } })]);
    expect(groupsOf(writesOf(org)[0] ?? { subs: [] }).map((group) => group[0]?.["Name"])).toEqual([
      "Name of A1",
      "Later",
    ]);
  });

  it("settles each row with the org's answer to it", async () => {
    const answer = (record: Record<string, unknown>): unknown =>
      record["SyncId__c"] === "1"
        ? rowError("FIELD_CUSTOM_VALIDATION_EXCEPTION", "No Sundays")
        : written(record);
    const { side } = await open({ sub: (sub) => (sub.body ? rowAnswers(sub, answer) : undefined) });
    const { results } = await side.write(accounts(3));
    expect(results.map(({ ok }) => ok)).toEqual([true, false, true]);
    expect(faultOf(results[1])).toMatchObject({ code: "validation_rule" });
  });

  it("refuses two rows with one rowId before anything is sent", async () => {
    const { org, side } = await open();
    await expect(side.write([account("1"), account("2", { rowId: "a1" })])).rejects.toThrow("share a rowId");
    expect(org.calls).toHaveLength(0);
  });

  it("does not send what the describe rules out", async () => {
    const { org, side } = await open();
    const { results } = await side.write([
      account("1", { fields: { Nope__c: "x" } }),
      account("2", { object: "Missing__c" }),
    ]);
    expect(results.map((result) => faultOf(result).code)).toEqual(["field_missing", "set_up"]);
    expect(writesOf(org)).toHaveLength(0);
  });
});

describe("a reference that is not found", () => {
  const notFound = (key: string): unknown =>
    rowError(
      "INVALID_FIELD",
      `Foreign key external ID: ${key} not found for field SyncId__c in entity Account`,
    );

  it("names the lookup it is about", async () => {
    const answer = (): unknown => notFound("99");
    const { side } = await open({ sub: (sub) => (sub.body ? rowAnswers(sub, answer) : undefined) });
    const { results } = await side.write([contact("7", { fields: { AccountId: "99" } })]);
    expect(faultOf(results[0])).toMatchObject({
      code: "reference_missing",
      missingReference: "AccountId",
      field: "AccountId",
    });
  });

  it("is tried again when the row it points to was still being written", async () => {
    const seen = new Set<unknown>();
    const script: Script = {
      sub: (sub) => {
        if (!sub.body) return undefined;
        if (keysIn(sub).includes("poison"))
          return refusal("UNKNOWN_EXCEPTION", "An unexpected error occurred", 500);
        return rowAnswers(sub, (record) => {
          const parent = record["Account"] as { SyncId__c: string } | undefined;
          if (parent && !seen.has(parent.SyncId__c)) return notFound(parent.SyncId__c);
          seen.add(record["SyncId__c"]);
          return written(record);
        });
      },
    };
    const { side } = await open(script);
    const { results } = await side.write([
      account("5"),
      account("poison"),
      contact("7", { fields: { AccountId: "5" } }),
      contact("8", { fields: { AccountId: "poison" } }),
    ]);
    const result = byRowId(results);
    expect(result.get("a5")?.ok).toBe(true);
    expect(result.get("c7")?.ok).toBe(true);
    expect(result.get("apoison")?.ok).toBe(false);
    expect(faultOf(result.get("c8"))).toMatchObject({
      code: "reference_missing",
      missingReference: "AccountId",
    });
  });
});

describe("a group that fails as a whole", () => {
  it("is halved down to the row that spoils it", async () => {
    const { org, side } = await open({ sub: poisoned(["37"]) });
    const { results } = await side.write(accounts(200));
    expect(results.filter(({ ok }) => !ok).map(({ rowId }) => rowId)).toEqual(["a37"]);
    expect(results).toHaveLength(200);
    expect(writesOf(org).length).toBeLessThanOrEqual(9);
  });

  it("leaves the other groups of the call as they are", async () => {
    const { org, side } = await open({ sub: poisoned(["0"]) });
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
    const { org, side } = await open({
      sub: (sub) => (sub.body ? refusal(code, message, status) : undefined),
    });
    const { results } = await side.write(accounts(4));
    expect(results.map((result) => faultOf(result).code)).toEqual([expected, expected, expected, expected]);
    expect(writesOf(org)).toHaveLength(1);
  });

  it("is split once where the org says which field it does not know", async () => {
    const message = "No such column 'Name' on sobject of type Account";
    const hasName = (sub: Sub): boolean => (sub.body?.records ?? []).some((record) => "Name" in record);
    const { org, side } = await open({
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
    const { org, side } = await open({
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
    const { org, side } = await open({ sub: poisoned(bad) });
    const { results } = await side.write(accounts(1_000));
    expect(results.filter(({ ok }) => !ok).map(({ rowId }) => rowId)).toEqual(bad.map((key) => `a${key}`));
    expect(writesOf(org).length).toBeLessThanOrEqual(40);
  });

  it("cost a bounded number of calls when there is no end of them", async () => {
    const bad = Array.from({ length: 500 }, (_, index) => String(index * 2));
    const { org, side } = await open({ sub: poisoned(bad) });
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
    const { org, side } = await open({ call });
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
      if (!sub.body) return undefined;
      if (sub.body.records.length <= 50) return rowAnswers(sub);
      return rowAnswers(sub, () => rowError("CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", cpu));
    },
  };

  it("gets fewer rows at a time, and keeps getting fewer", async () => {
    const { org, side } = await open(script);
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
    const { side } = await open({ sub: (sub) => (sub.body ? rowAnswers(sub, answer) : undefined) });
    const { results } = await side.write(accounts(2));
    expect(results.map((result) => faultOf(result).code)).toEqual(["org_automation", "org_automation"]);
  });

  it("gets less per call after one that took too long", async () => {
    let hanging = true;
    const call: Script["call"] = (subs) => (hanging && subs.some((sub) => sub.body) ? "hang" : undefined);
    const { org, side } = await open({ call }, { timeoutMs: 300 });
    const write = side.write(accounts(1_000));
    await expect(write).rejects.toMatchObject({ fault: { code: "org_busy" } });
    hanging = false;
    await side.write(accounts(1_000));
    expect(writesOf(org).map(({ subs }) => subs.length)).toEqual([5, 2, 2, 1]);
  });
});

describe("a connection that breaks", () => {
  it("is thrown when nothing is known of any row", async () => {
    const { side } = await open({ call: (subs) => (subs.some((sub) => sub.body) ? "drop" : undefined) });
    const error = await side.write(accounts(3)).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(FaultError);
    expect(error).toMatchObject({ fault: { code: "org_unreachable" } });
  });

  it("leaves what was settled before and lets the rest be tried again", async () => {
    let writes = 0;
    const call: Script["call"] = (subs) => {
      if (!subs.some((sub) => sub.body)) return undefined;
      writes += 1;
      return writes === 2 ? "drop" : undefined;
    };
    const { side } = await open({ call });
    const { results, calls } = await side.write(accounts(2_500));
    expect(results.slice(0, 1_000).every(({ ok }) => ok)).toBe(true);
    expect(new Set(results.slice(1_000).map((result) => faultOf(result).code))).toEqual(
      new Set(["org_unreachable"]),
    );
    expect(results).toHaveLength(2_500);
    expect(calls).toHaveLength(2);
  });

  it("leaves what was settled when an answer is short of a group", async () => {
    const sub = (asked: Sub) => {
      if (!asked.body) return undefined;
      return keysIn(asked).includes("0") ? { status: 200, body: [] } : rowAnswers(asked);
    };
    const { side } = await open({ sub });
    const { results } = await side.write(accounts(201));
    expect(faultOf(results[0])).toMatchObject({ code: "internal" });
    expect(results[200]?.ok).toBe(true);
  });
});
