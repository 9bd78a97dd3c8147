import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { DuplicateFinding } from "@/lib/core/duplicates";
import type { RowResult, WriteRow } from "@/lib/core/side";
import { duplicateHeaders, findingIn } from "./duplicates";
import { openSalesforceSide } from "./side";
import { scriptedOrgs } from "./test-open-scripted";
import { refusal, rowAnswers, rowError, writesOf, type Reply } from "./test-scripted-org";
import { startSimulatedOrg, type SimulatedOrg } from "./test-simulated-org";
import { account, contact } from "./test-write-rows";

const { openSide } = scriptedOrgs();

function findingOf(result: RowResult | undefined): DuplicateFinding | undefined {
  if (!result || result.ok) throw new Error("the row did not fail");
  expect(result.fault.code).toBe("duplicate_rule");
  return result.duplicates;
}

describe("with an org that has a duplicate rule", () => {
  let org: SimulatedOrg;
  let firstId: string;
  beforeAll(async () => {
    org = await startSimulatedOrg();
  });
  afterAll(() => org.close());
  beforeEach(async () => {
    await org.order("/reset", {});
    [firstId = ""] = await org.save("Contact", {
      FirstName: "José",
      LastName: "Müller",
      Email: "jm@mail.example",
    });
  });

  const rule = (more: object = {}) =>
    org.order("/duplicate-rules", {
      object: "Contact",
      name: "Contacts_DR",
      match: [{ field: "Email" }],
      ...more,
    });
  const twin = (key: string, more: Partial<WriteRow> = {}) =>
    contact(key, { fields: { LastName: "Twin", Email: "JM@mail.example" }, ...more });

  it("names the matches of the rows it refuses, for one call more, and writes the others", async () => {
    await rule();
    const side = openSalesforceSide(org.config);
    await side.describe(["Contact", "Account"]);
    const before = await org.apiCalls();
    const { results, calls } = await side.write([twin("1"), contact("2"), twin("3")]);
    expect((await org.apiCalls()) - before).toBe(2);
    expect(calls.map(({ rowIds }) => rowIds)).toEqual([
      ["c1", "c2", "c3"],
      ["c1", "c3"],
    ]);
    expect(results.map(({ ok }) => ok)).toEqual([false, true, false]);
    expect(findingOf(results[0])).toEqual({
      rule: "Contacts_DR",
      passable: true,
      matches: [{ object: "Contact", id: firstId, name: "José Müller" }],
    });
  });

  it("lets alerts pass by setting, and single rows by a person's word, but nothing that is blocked", async () => {
    await rule();
    const asks = openSalesforceSide(org.config);
    const { results } = await asks.write([twin("1", { passAlerts: true }), twin("2")]);
    expect(results.map(({ ok }) => ok)).toEqual([true, false]);
    const passes = openSalesforceSide({ ...org.config, duplicateAlerts: "pass" });
    expect((await passes.write([twin("3")])).results).toMatchObject([{ ok: true, created: true }]);
    await rule({ onCreate: "block", name: "Blocking_DR" });
    const blocked = await passes.write([twin("4", { passAlerts: true })]);
    expect(findingOf(blocked.results[0])).toMatchObject({ rule: "Blocking_DR", passable: false });
  });

  it("names those of an update by id too", async () => {
    const side = openSalesforceSide(org.config);
    const { results } = await side.write([contact("1")]);
    const id = results[0]?.ok ? results[0].id : "";
    await rule({ onCreate: "off", onEdit: "block" });
    const edited = await side.write([contact("1", { id, fields: { Email: "jm@mail.example" } })]);
    expect(findingOf(edited.results[0])?.matches).toMatchObject([{ id: firstId }]);
  });

  it("asks about fifty rows of a write at most", async () => {
    await rule();
    const side = openSalesforceSide(org.config);
    const { results, calls } = await side.write(
      Array.from({ length: 120 }, (_, index) => twin(String(index))),
    );
    expect(calls).toHaveLength(3);
    expect(results.filter((result) => findingOf(result) !== undefined)).toHaveLength(50);
    expect(results.every(({ ok }) => !ok)).toBe(true);
  });
});

describe("a row that is sent alone", () => {
  const refused = rowError("DUPLICATES_DETECTED", "Use one?");
  const scripted = (single: Reply) =>
    openSide({
      sub: (sub) =>
        sub.body?.records ? rowAnswers(sub, () => refused) : sub.method === "PATCH" ? single : undefined,
    });

  it("is written where the duplicate has gone meanwhile, with its key in the address only", async () => {
    const { org, side } = await scripted({
      status: 201,
      body: { id: "001000000000001AAA", success: true, created: true },
    });
    const { results } = await side.write([account("a/1")]);
    expect(results).toEqual([{ rowId: "aa/1", ok: true, id: "001000000000001AAA", created: true }]);
    const single = org.calls.flatMap(({ subs }) => subs).find(({ referenceId }) => referenceId === "s0");
    expect(single).toMatchObject({
      url: "/services/data/v62.0/sobjects/Account/SyncId__c/a%2F1",
      body: { Name: "Name of a/1" },
      httpHeaders: { "Sforce-Duplicate-Rule-Header": "includeRecordDetails=true" },
    });
    expect(single?.body).not.toHaveProperty("SyncId__c");
    expect(writesOf(org)).toHaveLength(1);
  });

  it("is looked up again where the org does not tell its id", async () => {
    const { side } = await scripted({ status: 204, body: null });
    const { results } = await side.write([account("1"), account("2", { id: "001000000000009AAA" })]);
    expect(results).toMatchObject([
      { ok: false, fault: { code: "org_busy" } },
      { ok: true, created: false },
    ]);
  });

  it("stays with what the org said of it before, where it is refused for something else", async () => {
    const { side } = await scripted(refusal("UNABLE_TO_LOCK_ROW", "locked"));
    const { results } = await side.write([account("1")]);
    expect(findingOf(results[0])).toBeUndefined();
  });

  it("and the org that is gone by then: what it said of all rows stays", async () => {
    const { side } = await openSide({
      call: (subs) => (subs.some(({ referenceId }) => referenceId === "s0") ? "drop" : undefined),
      sub: (sub) => (sub.body?.records ? rowAnswers(sub, () => refused) : undefined),
    });
    const { results } = await side.write([account("1"), account("2")]);
    for (const result of results) expect(findingOf(result)).toBeUndefined();
  });
});

it("the header is sent only where it changes something", () => {
  expect(duplicateHeaders({ allowSave: false })).toEqual({});
  expect(duplicateHeaders({ allowSave: true, includeRecordDetails: true })).toEqual({
    httpHeaders: { "Sforce-Duplicate-Rule-Header": "allowSave=true; includeRecordDetails=true" },
  });
});

it("a finding is read in either spelling, each match once, and may be none", () => {
  const record = { Id: "003000000000001AAA", attributes: { type: "Contact" } };
  const result = {
    allowSave: false,
    duplicateRule: "DR",
    matchResults: [{ entityType: "Lead", matchRecords: [{ record }, { record }] }, { matchRecords: null }],
  };
  for (const key of ["duplicateResut", "duplicateResult"]) {
    expect(findingIn([{ errorCode: "DUPLICATES_DETECTED", [key]: result }])).toEqual({
      rule: "DR",
      passable: false,
      matches: [{ object: "Contact", id: "003000000000001AAA", name: null }],
    });
  }
  for (const body of [[], "<html>", null, [{ errorCode: "X" }]]) expect(findingIn(body)).toBeNull();
});
