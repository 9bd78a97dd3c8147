import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { FindRequest, Likeness, Side } from "@/lib/core/side";
import { openSalesforceSide } from "./side";
import { scriptedOrgs } from "./test-open-scripted";
import type { ScriptedOrg } from "./test-scripted-org";
import { startSimulatedOrg, type SimulatedOrg } from "./test-simulated-org";

const { openSide } = scriptedOrgs();

const equal = (name: string, value: string) => ({ name, is: "equal" as const, value });
const like = (name: string, value: string) => ({ name, is: "like" as const, value });
const one = (person: boolean | null, ...fields: Likeness["fields"]): Likeness => ({ person, fields });

function contacts(alike: Readonly<Record<string, readonly Likeness[]>>): FindRequest {
  const keys = Object.keys(alike);
  const fields = ["LastName", "Email"];
  return { object: "Contact", keyField: "SyncId__c", keys, fields, alike: new Map(Object.entries(alike)) };
}

const queries = (org: ScriptedOrg): string[][] =>
  org.calls
    .map(({ subs }) => subs.flatMap(({ url }) => (/query\?q=.*SyncId__c%20IN/.test(url) ? [url] : [])))
    .filter((urls) => urls.length > 0);

const soqlOf = (url: string): string => decodeURIComponent(url.split("q=")[1] ?? "");

describe("the question for what is alike", () => {
  it("goes with the keys, and the records of a rule share its lists", async () => {
    const { org, side } = await openSide();
    await side.find([
      contacts({
        "1": [one(null, equal("LastName", "Frank"), equal("Email", "a@b.ch"))],
        "2": [
          one(null, equal("LastName", "Frank"), equal("Email", "c@d.ch")),
          one(null, like("LastName", "_t%")),
        ],
        "3": [one(null, like("LastName", "m_ll%"))],
      }),
    ]);
    expect(queries(org).flat().map(soqlOf)).toEqual([
      "SELECT Id,SyncId__c,LastName,Email,AccountId FROM Contact WHERE SyncId__c IN ('1','2','3')" +
        " OR (LastName IN ('Frank') AND Email IN ('a@b.ch','c@d.ch'))" +
        " OR ((LastName LIKE '_t%' OR LastName LIKE 'm_ll%'))",
    ]);
  });

  it("for 1,000 records is one call", async () => {
    const { org, side } = await openSide();
    const alike = Array.from({ length: 1_000 }, (_, nth) => {
      const address = `first.last${nth}@venue.example`;
      return [String(1_000_000 + nth), [one(null, equal("Email", address))]] as const;
    });
    await side.find([contacts(Object.fromEntries(alike))]);
    expect(queries(org).map((urls) => urls.length)).toEqual([4]);
  });

  it("is split where an address would be longer than the org takes", async () => {
    const { org, side } = await openSide();
    const alike = Array.from({ length: 200 }, (_, nth) => {
      const rules = [
        one(null, like("LastName", `%${"é".repeat(20)}%${nth}%`)),
        one(null, equal("LastName", "x")),
      ];
      return [String(nth), rules] as const;
    });
    await side.find([contacts(Object.fromEntries(alike))]);
    const urls = queries(org).flat();
    expect(urls.length).toBeGreaterThan(1);
    expect(Math.max(...urls.map((url) => url.length))).toBeLessThan(12_500);
    expect(urls.flatMap((url) => soqlOf(url).match(/LIKE/g) ?? [])).toHaveLength(200);
  });

  it("lets no value out of its quotes, and leaves out what no record can hold", async () => {
    const { org, side } = await openSide();
    const alike = [
      one(null, equal("LastName", "x') OR Id != ('")),
      one(null, equal("LastName", "y".repeat(81))),
      one(null, equal("LastName", "\ud800")),
    ];
    await side.find([contacts({ "1": alike })]);
    expect(queries(org).flat().map(soqlOf)[0]).toMatch(/OR \(LastName IN \('x\\'\) OR Id != \(\\''\)\)$/);
  });

  it("for a field that the org lacks is told", async () => {
    const { side } = await openSide();
    const request = contacts({ "1": [one(null, equal("Nope__c", "1"))] });
    await expect(side.find([request])).rejects.toMatchObject({ fault: { code: "field_missing" } });
  });

  it("is answered apart from what was asked for by key", async () => {
    const records = [
      { Id: "003A", SyncId__c: "1", LastName: "Frank", Email: null },
      { Id: "003B", SyncId__c: "77", LastName: "Frank", Email: "a@b.ch" },
      { Id: "003C", SyncId__c: null, LastName: "Frank", Email: "a@b.ch" },
    ];
    const body = { totalSize: 3, done: true, records };
    const { side } = await openSide({
      sub: ({ url }) => (url.includes("FROM%20Contact") ? { status: 200, body } : undefined),
    });
    const found = await side.find([contacts({ "1": [one(null, equal("Email", "a@b.ch"))] })]);
    expect(found.map(({ id, key, alike }) => [id, key, alike !== undefined])).toEqual([
      ["003A", "1", false],
      ["003B", "77", true],
      ["003C", "", true],
    ]);
  });
});

describe("in the simulated org", () => {
  let org: SimulatedOrg;
  let side: Side;
  beforeAll(async () => {
    org = await startSimulatedOrg();
  });
  beforeEach(async () => {
    await org.order("/reset", {});
    side = openSalesforceSide(org.config);
  });
  afterAll(() => org.close());

  const accounts = (...alike: Likeness[]): FindRequest => ({
    object: "Account",
    keyField: "SyncId__c",
    keys: ["1"],
    fields: ["Name", "PersonEmail"],
    alike: new Map([["1", alike]]),
  });

  it("a person is found by e-mail without case, and no company in a person's place", async () => {
    const { facts } = await side.describe([]);
    const recordType = facts.recordTypes.find(({ person }) => person)?.id;
    const [id] = await org.save("Account", {
      LastName: "Frank",
      PersonEmail: "Edna@Home.ch",
      RecordTypeId: recordType,
    });
    const before = await org.apiCalls();
    const [found, ...others] = await side.find([accounts(one(true, equal("PersonEmail", "edna@home.ch")))]);
    expect(found).toMatchObject({ id, key: "", alike: { person: true } });
    expect(others).toEqual([]);
    expect(await side.find([accounts(one(false, equal("PersonEmail", "edna@home.ch")))])).toEqual([]);
    // Describing the objects is part of the first.
    expect((await org.apiCalls()) - before).toBeLessThanOrEqual(3);
  });

  it("a company is found by a pattern whatever its accents, and a Contact behind a person account is not", async () => {
    const [etoile] = await org.save("Account", { Name: "ÉTOILE S.A." }, { Name: "Other" });
    const found = await side.find([accounts(one(false, like("Name", "_t__l_%")))]);
    expect(found.map(({ id }) => id)).toEqual([etoile]);
    const { facts } = await side.describe([]);
    const recordType = facts.recordTypes.find(({ person }) => person)?.id;
    await org.save("Account", { LastName: "Frank", PersonEmail: "a@b.ch", RecordTypeId: recordType });
    const [relay] = await org.save("Contact", { LastName: "Frank", Email: "a@b.ch" });
    const behind = await side.find([contacts({ "1": [one(false, equal("Email", "a@b.ch"))] })]);
    expect(behind.map(({ id }) => id)).toEqual([relay]);
  });
});
