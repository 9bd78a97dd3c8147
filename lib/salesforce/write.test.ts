import { describe, expect, it } from "vitest";
import { FaultError } from "@/lib/core/faults";
import type { RowResult } from "@/lib/core/side";
import { scriptedOrgs } from "./test-open-scripted";
import {
  groupsOf,
  refusal,
  rowAnswers,
  rowError,
  writesOf,
  written,
  type Script,
  type Sub,
} from "./test-scripted-org";
import { account, accounts, contact, faultOf, keysIn } from "./test-write-rows";

const { openSide } = scriptedOrgs();

const byRowId = (results: readonly RowResult[]): ReadonlyMap<string, RowResult> =>
  new Map(results.map((result) => [result.rowId, result]));

describe("writing", () => {
  it("carries 1,000 rows in one call", async () => {
    const { org, side } = await openSide();
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
    const { org, side } = await openSide();
    const { results, calls } = await side.write(accounts(2_001));
    expect(results).toHaveLength(2_001);
    expect(writesOf(org)).toHaveLength(3);
    expect(calls.map(({ rowIds }) => rowIds.length)).toEqual([1_000, 1_000, 1]);
  });

  it("upserts by external id what has no id, and updates by id what has", async () => {
    const { org, side } = await openSide();
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
    const { org, side } = await openSide();
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
    const { org, side } = await openSide();
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
    const { side } = await openSide({ sub: (sub) => (sub.body ? rowAnswers(sub, answer) : undefined) });
    const { results } = await side.write(accounts(3));
    expect(results.map(({ ok }) => ok)).toEqual([true, false, true]);
    expect(faultOf(results[1])).toMatchObject({ code: "validation_rule" });
  });

  it("refuses two rows with one rowId before anything is sent", async () => {
    const { org, side } = await openSide();
    await expect(side.write([account("1"), account("2", { rowId: "a1" })])).rejects.toThrow("share a rowId");
    expect(org.calls).toHaveLength(0);
  });

  it("does not send what the describe rules out", async () => {
    const { org, side } = await openSide();
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
    const { side } = await openSide({ sub: (sub) => (sub.body ? rowAnswers(sub, answer) : undefined) });
    const { results } = await side.write([contact("7", { fields: { AccountId: "99" } })]);
    expect(faultOf(results[0])).toMatchObject({
      code: "reference_missing",
      missingReference: "AccountId",
      field: "AccountId",
    });
  });

  it("is tried again no more than once when the org keeps hiding the row it points to", async () => {
    const answer = (record: Record<string, unknown>): unknown =>
      record["Account"] ? notFound("5") : written(record);
    const { org, side } = await openSide({
      sub: (sub) => (sub.body ? rowAnswers(sub, answer) : undefined),
    });
    const { results } = await side.write([account("5"), contact("7", { fields: { AccountId: "5" } })]);
    expect(faultOf(results[1])).toMatchObject({ code: "reference_missing", missingReference: "AccountId" });
    expect(writesOf(org)).toHaveLength(2);
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
    const { side } = await openSide(script);
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

describe("a connection that breaks", () => {
  it("is thrown when nothing is known of any row", async () => {
    const { side } = await openSide({ call: (subs) => (subs.some((sub) => sub.body) ? "drop" : undefined) });
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
    const { side } = await openSide({ call });
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
    const { side } = await openSide({ sub });
    const { results } = await side.write(accounts(201));
    expect(faultOf(results[0])).toMatchObject({ code: "internal" });
    expect(results[200]?.ok).toBe(true);
  });
});
