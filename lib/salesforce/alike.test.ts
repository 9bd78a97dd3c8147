import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { FindRequest, Likeness, Side } from "@/lib/core/side";
import { openSalesforceSide } from "./side";
import { scriptedOrgs } from "./test-open-scripted";
import { refusal, type ScriptedOrg } from "./test-scripted-org";
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
    .map(({ subs }) => subs.flatMap(({ url }) => (/FROM%20Contact/.test(url) ? [url] : [])))
    .filter((urls) => urls.length > 0);

const soqlOf = (url: string): string => decodeURIComponent(url.split("q=")[1] ?? "");

describe("the question for what is alike", () => {
  it("goes in the same call as the keys, in queries of its own that have an end", async () => {
    const { org, side } = await openSide();
    await side.find([
      contacts({
        "1": [one(null, equal("Email", "a@b.ch"))],
        "2": [one(null, equal("Email", "c@d.ch")), one(null, like("LastName", "_t%"))],
        "3": [one(null, like("LastName", "m_ll%")), one(null, equal("Email", "a@b.ch"))],
      }),
    ]);
    const columns = "SELECT Id,SyncId__c,LastName,Email";
    expect(queries(org).map((urls) => urls.map(soqlOf))).toEqual([
      [
        `${columns} FROM Contact WHERE SyncId__c IN ('1','2','3')`,
        `${columns},AccountId FROM Contact WHERE (Email IN ('a@b.ch','c@d.ch')) LIMIT 2000`,
        `${columns},AccountId FROM Contact WHERE ((LastName LIKE '_t%' OR LastName LIKE 'm_ll%')) LIMIT 2000`,
      ],
    ]);
  });

  it("names pairs as they are, never every first of them with every second", async () => {
    const { org, side } = await openSide();
    const pair = (last: string, email: string) => one(null, equal("LastName", last), equal("Email", email));
    await side.find([
      contacts({
        "1": [pair("Frank", "a@b.ch")],
        "2": [pair("Frank", "c@d.ch")],
        "3": [pair("Moser", "e@f.ch")],
      }),
    ]);
    expect(soqlOf(queries(org).flat()[1] ?? "")).toMatch(
      /WHERE \(LastName = 'Frank' AND Email IN \('a@b.ch','c@d.ch'\)\) OR \(LastName = 'Moser' AND Email IN \('e@f.ch'\)\)/,
    );
  });

  it("for 1,000 records is one call", async () => {
    const { org, side } = await openSide();
    const alike = Array.from({ length: 1_000 }, (_, nth) => {
      const address = `first.last${nth}@venue.example`;
      return [String(1_000_000 + nth), [one(null, equal("Email", address))]] as const;
    });
    await side.find([contacts(Object.fromEntries(alike))]);
    expect(queries(org).map((urls) => urls.length)).toEqual([5]);
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
    expect(queries(org).flat().map(soqlOf)[1]).toMatch(
      /WHERE \(LastName IN \('x\\'\) OR Id != \(\\''\)\) LIMIT 2000$/,
    );
  });

  it("for a field that the org lacks is told", async () => {
    const { side } = await openSide();
    const request = contacts({ "1": [one(null, equal("Nope__c", "1"))] });
    await expect(side.find([request])).rejects.toMatchObject({ fault: { code: "field_missing" } });
  });

  const emails = (count: number) =>
    contacts(
      Object.fromEntries(
        Array.from({ length: count }, (_, nth) => [String(nth), [one(null, equal("Email", `p${nth}@b.ch`))]]),
      ),
    );
  const isAlike = (url: string) => url.includes("LIMIT");
  const answered = (records: readonly object[]) => ({
    status: 200,
    body: { totalSize: records.length, done: true, records },
  });

  it("that the org gives up on leaves the keys known, and says by which rule nothing is", async () => {
    const { org, side } = await openSide({
      sub: ({ url }) => {
        if (isAlike(url)) return refusal("QUERY_TIMEOUT", "too long");
        return url.includes("FROM%20Contact") ? answered([{ Id: "003A", SyncId__c: "1" }]) : undefined;
      },
    });
    const { rows, unsure } = await side.find([emails(2)]);
    expect(rows.map(({ id }) => id)).toEqual(["003A"]);
    expect(unsure.map(({ key, fault }) => [key, fault.code])).toEqual([
      ["0", "org_busy"],
      ["1", "org_busy"],
    ]);
    expect(unsure[0]?.fault.sentence).toMatch(/by Email could not be found out\. Salesforce took too long/);
    expect(queries(org)).toHaveLength(1);
  });

  it("that holds up the whole call is left out, and the keys are asked for alone", async () => {
    const { org, side } = await openSide(
      {
        call: (subs) => (subs.some(({ url }) => isAlike(url)) ? "hang" : undefined),
        sub: ({ url }) =>
          url.includes("FROM%20Contact") ? answered([{ Id: "003A", SyncId__c: "1" }]) : undefined,
      },
      { timeoutMs: 300 },
    );
    const { rows, unsure } = await side.find([emails(2)]);
    expect([rows.map(({ id }) => id), unsure.map(({ key }) => key)]).toEqual([["003A"], ["0", "1"]]);
    expect(queries(org)).toHaveLength(2);
  });

  it("fails with the keys where the org takes nothing at all", async () => {
    const { side } = await openSide({
      sub: ({ url }) =>
        isAlike(url) ? refusal("REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.") : undefined,
    });
    await expect(side.find([emails(1)])).rejects.toMatchObject({ fault: { code: "org_limit" } });
  });

  it("that half the org fits is not read to its end: whoever fits it is told, the others are known", async () => {
    const crowd = Array.from({ length: 2_000 }, (_, nth) => ({
      Id: `003C${nth}`,
      SyncId__c: null,
      Email: "p7@b.ch",
    }));
    const { org, side } = await openSide({
      sub: ({ url }) => {
        if (!isAlike(url)) return undefined;
        const rest = url.includes("p3%40b.ch'") ? [{ Id: "003B", SyncId__c: null, Email: "p3@b.ch" }] : [];
        return answered(url.includes("p7%40b.ch'") ? [...crowd, ...rest].slice(0, 2_000) : rest);
      },
    });
    const { rows, unsure } = await side.find([emails(100)]);
    expect(unsure.map(({ key, fault }) => [key, fault.code])).toEqual([["7", "several_matches"]]);
    expect(unsure[0]?.fault.sentence).toMatch(/fit by Email than can be told apart/);
    expect(rows.map(({ id }) => id)).toContain("003B");
    expect(queries(org).length).toBeLessThanOrEqual(5);
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
    const { rows: found } = await side.find([contacts({ "1": [one(null, equal("Email", "a@b.ch"))] })]);
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
    const {
      rows: [found, ...others],
    } = await side.find([accounts(one(true, equal("PersonEmail", "edna@home.ch")))]);
    expect(found).toMatchObject({ id, key: "", alike: { person: true } });
    expect(others).toEqual([]);
    expect((await side.find([accounts(one(false, equal("PersonEmail", "edna@home.ch")))])).rows).toEqual([]);
    // Describing the objects is part of the first.
    expect((await org.apiCalls()) - before).toBeLessThanOrEqual(3);
  });

  it("a company is found by a pattern whatever its accents, and a Contact behind a person account is not", async () => {
    const [etoile] = await org.save("Account", { Name: "ÉTOILE S.A." }, { Name: "Other" });
    const { rows: found } = await side.find([accounts(one(false, like("Name", "_t__l_%")))]);
    expect(found.map(({ id }) => id)).toEqual([etoile]);
    const { facts } = await side.describe([]);
    const recordType = facts.recordTypes.find(({ person }) => person)?.id;
    await org.save("Account", { LastName: "Frank", PersonEmail: "a@b.ch", RecordTypeId: recordType });
    const [relay] = await org.save("Contact", { LastName: "Frank", Email: "a@b.ch" });
    const { rows: behind } = await side.find([contacts({ "1": [one(false, equal("Email", "a@b.ch"))] })]);
    expect(behind.map(({ id }) => id)).toEqual([relay]);
  });
});
