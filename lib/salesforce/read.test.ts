import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openSalesforceSide } from "./side";
import { scriptedOrgs } from "./test-open-scripted";
import { refusal, type Sub } from "./test-scripted-org";
import { startSimulatedOrg, type SimulatedOrg } from "./test-simulated-org";

const { openSide } = scriptedOrgs();

let simulated: SimulatedOrg;
beforeAll(async () => {
  simulated = await startSimulatedOrg();
});
afterAll(() => simulated.close());

const idsOf = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => String(index).padStart(18, "0"));
const retrieves = (subs: readonly Sub[]): Sub[] => subs.filter(({ body }) => body?.ids !== undefined);

describe("reading linked records", () => {
  it("gives what the org holds now, who wrote it last, and nothing of what is gone", async () => {
    const side = openSalesforceSide(simulated.config);
    const [kept = "", deleted = ""] = await simulated.save(
      "Contact",
      { LastName: "Kept", Description: "one\r\ntwo", HasOptedOutOfEmail: true, Birthdate: "1990-02-03" },
      { LastName: "Deleted" },
    );
    const [company = ""] = await simulated.save("Account", { Name: "Company" });
    await simulated.remove("Contact", deleted);
    await side.describe(["Account", "Contact"]);
    const before = await simulated.apiCalls();
    const fields = ["LastName", "Description", "HasOptedOutOfEmail", "Birthdate", "Email"];
    const rows = await side.read([
      { object: "Contact", ids: [deleted, kept, "003000000000000AAA", kept], fields },
      { object: "Account", ids: [company], fields: ["Name"] },
    ]);
    expect((await simulated.apiCalls()) - before).toBe(1);
    const [stored] = await simulated.records("Contact");
    expect(rows).toEqual([
      {
        object: "Contact",
        id: kept,
        fields: {
          ...{ LastName: "Kept", Description: "one\ntwo", HasOptedOutOfEmail: true },
          ...{ Birthdate: "1990-02-03", Email: null },
        },
        modifiedBy: stored?.["LastModifiedById"],
        person: false,
        stamp: new Date(String(stored?.["SystemModstamp"])).toISOString(),
      },
      {
        ...{ object: "Account", id: company, fields: { Name: "Company" } },
        ...{ modifiedBy: expect.any(String), person: false, stamp: expect.stringMatching(/^\d{4}-.*Z$/) },
      },
    ]);
    expect(rows[0]?.modifiedBy).not.toBe(await side.userId());
  });

  it("knows a person again whom the change feed has told of", async () => {
    const side = openSalesforceSide(simulated.config);
    const [id = ""] = await simulated.save("Contact", { LastName: "Seen" });
    const fields = ["LastName"];
    const person = async () => (await side.read([{ object: "Contact", ids: [id], fields }]))[0]?.person;
    expect(await person()).toBe(false);
    const after = { stamp: new Date(Date.now() - 60_000).toISOString(), id: null };
    const feed = {
      object: "Contact",
      keyField: "LastName",
      fields,
      after,
      deletedSince: null,
      othersOnly: false,
    };
    await side.changes([feed]);
    expect(await person()).toBe(true);
  });

  it("takes 1,000 records in one call, 200 to a retrieve, and 1,001 in two", async () => {
    const { org, side } = await openSide();
    await side.describe(["Contact"]);
    await side.read([{ object: "Contact", ids: idsOf(1_000), fields: ["LastName"] }]);
    expect(org.calls).toHaveLength(2);
    const subs = retrieves(org.calls[1]?.subs ?? []);
    expect(subs.map(({ body }) => body?.ids?.length)).toEqual([200, 200, 200, 200, 200]);
    expect(subs[0]).toMatchObject({
      method: "POST",
      url: "/services/data/v62.0/composite/sobjects/Contact",
      body: { fields: ["LastName", "LastModifiedById", "SystemModstamp"] },
    });
    await side.read([{ object: "Contact", ids: idsOf(1_001), fields: ["LastName"] }]);
    expect(org.calls).toHaveLength(4);
  });

  it("gives texts as the database can store them", async () => {
    const by = { LastModifiedById: "005A", SystemModstamp: "2026-03-01T10:00:00.000+0000" };
    const body = [{ ...by, LastName: "Fr\0ank \ud83d" }];
    const { side } = await openSide({ sub: (sub) => (sub.body?.ids ? { status: 200, body } : undefined) });
    const rows = await side.read([{ object: "Contact", ids: ["003A"], fields: ["LastName"] }]);
    expect(rows).toEqual([
      {
        ...{ object: "Contact", id: "003A", fields: { LastName: "Frank \ufffd" } },
        ...{ modifiedBy: "005A", person: false, stamp: "2026-03-01T10:00:00.000Z" },
      },
    ]);
  });

  it("asks for nothing when there is nothing to ask for", async () => {
    const { org, side } = await openSide();
    expect(await side.read([{ object: "Contact", ids: [], fields: ["LastName"] }])).toEqual([]);
    expect(org.calls).toEqual([]);
  });

  it.each([
    [{ object: "Nope__c", ids: ["1"], fields: [] }, "set_up"],
    [{ object: "Contact", ids: ["1"], fields: ["Nope__c"] }, "field_missing"],
  ])("fails before asking when the org lacks what is asked for", async (request, code) => {
    const { org, side } = await openSide();
    await expect(side.read([request])).rejects.toMatchObject({ fault: { code } });
    expect(org.calls.flatMap(({ subs }) => retrieves(subs))).toEqual([]);
  });

  it.each([
    [refusal("INVALID_FIELD", "No such column 'Email' on entity 'Contact'"), "field_missing"],
    [refusal("SERVER_UNAVAILABLE", "down", 503), "org_unavailable"],
    [{ status: 200, body: [null, null] }, "internal"],
  ])("fails as a whole when one retrieve does: %j", async (reply, code) => {
    const { side } = await openSide({ sub: ({ body }) => (body?.ids ? reply : undefined) });
    const request = { object: "Contact", ids: ["003A"], fields: ["Email"] };
    await expect(side.read([request])).rejects.toMatchObject({ fault: { code } });
  });

  it("gives lookups as external ids, and as ids of the org where they point to a record that has none", async () => {
    const side = openSalesforceSide(simulated.config);
    const [ours = "", theirs = ""] = await simulated.save(
      "Account",
      { Name: "Ours", SyncId__c: "4711" },
      { Name: "Theirs" },
    );
    const ids = await simulated.save(
      "Contact",
      { LastName: "A", AccountId: ours },
      { LastName: "B", AccountId: theirs },
      { LastName: "C" },
    );
    const before = await simulated.apiCalls();
    const rows = await side.read([{ object: "Contact", ids, fields: ["LastName", "AccountId"] }]);
    const calls = (await simulated.apiCalls()) - before;
    const held = new Map(rows.map(({ id, fields }) => [id, fields["AccountId"]]));
    expect(ids.map((id) => held.get(id))).toEqual(["4711", theirs, null]);
    expect(rows[0]).toMatchObject({ person: false, stamp: expect.stringMatching(/^\d{4}-.*Z$/) as string });
    expect(calls).toBeGreaterThan(0);
  });

  it("takes 1,000 records with lookups in one call as well, and reads on while there are more pages", async () => {
    const next = "/services/data/v62.0/query/01gAA-2000";
    const row = { LastModifiedById: "005A", SystemModstamp: "2026-03-01T10:00:00.000+0000", LastName: "A" };
    const { org, side } = await openSide({
      sub: ({ url }) => {
        const records = [{ ...row, Id: url === next ? "003B" : "003A", AccountId: null, Account: null }];
        const isFirst = url.includes("000000000000000000");
        if (!url.includes("query")) return undefined;
        return { status: 200, body: { done: !isFirst, records, ...(isFirst && { nextRecordsUrl: next }) } };
      },
    });
    await side.describe(["Account", "Contact"]);
    const known = org.calls.length;
    const rows = await side.read([{ object: "Contact", ids: idsOf(1_000), fields: ["AccountId"] }]);
    const urls = org.calls.slice(known).map(({ subs }) => subs.map(({ url }) => url));
    expect(urls.map((subs) => subs.length)).toEqual([5, 1]);
    expect(Math.max(...urls.flat().map((url) => url.length))).toBeLessThan(12_500);
    expect(rows.map(({ id }) => id)).toEqual(["003A", "003A", "003A", "003A", "003A", "003B"]);
  });

  it("asks in as many queries as the address of each has room for, however many fields there are", async () => {
    const text = { type: "string", length: 80, createable: true, updateable: true, nillable: true };
    const long = Array.from({ length: 240 }, (_, nth) => `A_field_with_quite_a_long_name_${100 + nth}__c`);
    const account = { type: "reference", relationshipName: "Account", referenceTo: ["Account"] };
    const fields = [
      ...long.map((name) => ({ ...text, name, label: name })),
      { ...text, ...account, name: "AccountId", label: "Account", length: 18 },
    ];
    const { org, side } = await openSide({
      sub: ({ url }) =>
        url.includes("/sobjects/Contact/describe")
          ? { status: 200, body: { name: "Contact", label: "Contact", fields } }
          : undefined,
    });
    await side.describe(["Account", "Contact"]);
    const known = org.calls.length;
    const ids = idsOf(500);
    await side.read([{ object: "Contact", ids, fields: [...long, "AccountId"] }]);
    const urls = org.calls.slice(known).flatMap(({ subs }) => subs.map(({ url }) => url));
    expect(Math.max(...urls.map((url) => url.length))).toBeLessThan(12_500);
    const asked = urls.map((url) => decodeURIComponent(url).match(/'\d{18}'/g) ?? []);
    expect(asked.flat()).toEqual(ids.map((id) => `'${id}'`));
    const sizes = asked.map(({ length }) => length);
    // Full, too: a query for each record would use up the calls of a day.
    expect(sizes.slice(0, -1).every((size) => size > 20 && size < 200)).toBe(true);
  });
});
