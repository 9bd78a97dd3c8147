import { Writable } from "node:stream";
import { text } from "node:stream/consumers";
import { Connection } from "jsforce";
import { beforeAll, describe, expect, it } from "vitest";
import { publicNames, uncovered, watched } from "../touched";
import { useOrg } from "../../test-org";

const org = useOrg();
const touched = new Set<string>();
const touchedOfSubQuery = new Set<string>();

const connection = () =>
  new Connection({ instanceUrl: org.url, accessToken: org.accessToken, version: "62.0" });
const find = (conditions: Record<string, unknown>, fields = "Id, LastName, Title") =>
  watched(connection().sobject("Contact").find(conditions, fields), touched);
const query = (soql: string) => watched(connection().query(soql), touched);

describe.each([1, 2])("jsforce Query, round %i on the same running simulator", (round) => {
  const title = `query-${round}`;
  const MANY = `query-many-${round}`;

  beforeAll(async () => {
    const conn = connection();
    const people = ["d", "b", "a", "c"].map((LastName) => ({ LastName, Title: title }));
    await conn.create("Contact", people);
    const many = Array.from({ length: 450 }, (_, n) => ({ LastName: `m${n}`, Title: MANY }));
    await conn.create("Contact", many, { allowRecursive: true });
  });

  it("builds conditions, order, limit and offset", async () => {
    const rows = await find({ Title: title })
      .select("LastName")
      .where({ $or: [{ LastName: "a" }, { LastName: { $gt: "b" } }], Title: title })
      .sort({ LastName: -1 })
      .limit(2)
      .skip(1);
    expect(rows.map(({ LastName }) => LastName)).toEqual(["c", "a"]);
    const again: unknown = await find({ Title: title }).orderby("LastName", "ASC").limit(1).offset(3);
    expect(again).toMatchObject([{ LastName: "d" }]);
    const soql = await find({ Title: "it's", DoNotCall: true }).toSOQL();
    expect(soql).toBe("SELECT Id, LastName, Title FROM Contact WHERE Title = 'it\\'s' AND DoNotCall = true");
  });

  it("answers a result, records, one record or a number", async () => {
    const soql = `SELECT Id, LastName FROM Contact WHERE Title = '${title}' ORDER BY LastName`;
    expect(await query(soql)).toMatchObject({ totalSize: 4, done: true });
    expect(await query(soql).execute({ responseTarget: "Records" })).toHaveLength(4);
    expect(await query(soql).exec({ responseTarget: "SingleRecord" })).toMatchObject({ LastName: "a" });
    expect(await query(soql).run({ responseTarget: "Count" })).toBe(4);
    expect(await query(soql).setResponseTarget("Count").promise()).toBe(4);
    const caught = await query("SELECT Nope FROM Contact")
      .catch((error: Error) => {
        throw error;
      })
      .then(
        () => undefined,
        (error: Error) => error,
      );
    expect(caught).toMatchObject({ errorCode: "INVALID_FIELD" });
  });

  it("fetches all pages by itself, up to what it may", async () => {
    const soql = `SELECT Id FROM Contact WHERE Title = '${MANY}'`;
    const headers = { "Sforce-Query-Options": "batchSize=200" };
    const all = await query(soql).autoFetch(true).execute({ headers });
    expect(all.records).toHaveLength(450);
    const some = await query(soql).autoFetch(true).maxFetch(250).execute({ headers });
    expect(some.records).toHaveLength(250);
    expect(some.done).toBe(false);
  });

  it("streams records and CSV", async () => {
    const soql = `SELECT LastName FROM Contact WHERE Title = '${title}' ORDER BY LastName`;
    const names: unknown[] = [];
    const sink = new Writable({
      objectMode: true,
      write: (record: { LastName?: string }, _encoding, done) => {
        names.push(record.LastName);
        done();
      },
    });
    await new Promise((resolve, reject) => {
      query(soql).pipe(sink).on("finish", resolve).on("error", reject);
    });
    expect(names).toEqual(["a", "b", "c", "d"]);
    expect(await text(query(soql).stream("csv"))).toBe("LastName\na\nb\nc\nd\n");
  });

  it("includes children, chosen and by a list", async () => {
    const conn = connection();
    const account = await conn.create("Account", { Name: `Parent ${title}` });
    await conn.create("Contact", [
      { LastName: "child b", AccountId: account.id ?? "" },
      { LastName: "child a", AccountId: account.id ?? "" },
    ]);
    const parents = watched(conn.sobject("Account").find({ Id: account.id ?? "" }, "Id, Name"), touched);
    const children = watched(parents.include("Contacts"), touchedOfSubQuery);
    const rows = await children
      .select("LastName")
      .where({ LastName: { $like: "child%" } })
      .sort("LastName", "ASC")
      .orderby({ LastName: -1 })
      .limit(2)
      .skip(0)
      .offset(0)
      .end();
    expect(rows[0]?.Contacts).toMatchObject({
      records: [{ LastName: "child b" }, { LastName: "child a" }],
    });
    const listed = watched(conn.sobject("Account").find({ Id: account.id ?? "" }, "Id"), touched);
    listed.includeChildren({ Contacts: { fields: ["LastName"], limit: 5 } });
    expect((await listed)[0]?.Contacts).toMatchObject({ totalSize: 2 });
  });

  it("explains itself and reads what was deleted", async () => {
    const { plans } = await find({ Title: title }).explain();
    expect(plans[0]).toMatchObject({ sobjectType: "Contact" });
    const conn = connection();
    const gone = await conn.create("Contact", { LastName: "gone", Title: `${title}-gone` });
    await conn.destroy("Contact", gone.id ?? "");
    expect(await find({ Title: `${title}-gone` })).toHaveLength(0);
    expect(await find({ Title: `${title}-gone` }).scanAll(true)).toHaveLength(1);
  });

  it("updates and deletes what it finds, over 200 through Bulk 2.0", async () => {
    const changed = await find({ Title: title }).update({ Department: "Found" }, "Contact");
    expect(changed.every(({ success }) => success)).toBe(true);
    const copied = ({ Id, LastName }: { Id?: unknown; LastName?: unknown }) => ({ Id, Department: LastName });
    const many = await find({ Title: MANY }).update(copied, "Contact", { bulkApiVersion: 2 });
    expect(many).toHaveLength(450);
    expect(many.every(({ success }) => success)).toBe(true);
    const deleted = await find({ Title: MANY }).destroy({ bulkApiVersion: 2 });
    expect(deleted).toHaveLength(450);
    expect(await find({ Title: title, LastName: "a" }).delete("Contact")).toMatchObject([{ success: true }]);
    expect(await find({ Title: title }).del("Contact", { allowBulk: false })).toHaveLength(3);
    expect(await find({ Title: MANY })).toHaveLength(0);
  });
});

describe("every public call", () => {
  const accounts = connection().sobject("Account");

  it("of Query is exercised", () => {
    expect(uncovered(publicNames(accounts.find(), "jsforce/lib/query.d.ts"), touched, {})).toEqual({
      notExercised: [],
      unknown: [],
    });
  });

  it("of SubQuery is exercised", () => {
    const subQuery = accounts.find().include("Contacts");
    expect(uncovered(publicNames(subQuery, "jsforce/lib/query.d.ts"), touchedOfSubQuery, {})).toEqual({
      notExercised: [],
      unknown: [],
    });
  });
});
