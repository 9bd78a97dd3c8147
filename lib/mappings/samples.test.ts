import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { connection, orgObject, record } from "@/drizzle/schema";
import type { ConnectionSettings } from "@/lib/core/connection-settings";
import { mappingDocumentSchema } from "@/lib/core/mapping/document";
import { testAccount } from "@/lib/core/mapping/test-describe";
import type { OrgFacts } from "@/lib/core/side";
import { testDatabase } from "@/testing/database";
import { askAfresh, knownTarget, targetObject } from "./known-target";
import { getSample, listSamples } from "./samples";

const database = testDatabase();
let connectionId: number;

const org: OrgFacts = {
  prefix: "secutix__",
  personAccounts: true,
  multiCurrency: false,
  recordTypes: [
    { id: "012000000000001AAA", object: "Account", developerName: "PersonAccount", person: true },
  ],
  organizationId: "00D000000000001EAA",
  organizationName: "My venue",
  fetchedAt: "2020-01-01T00:00:00.000Z",
};

beforeEach(async () => {
  await database.db.execute(sql`truncate connection cascade`);
  const [made] = await database.db
    .insert(connection)
    .values({ institution: "myvenue", name: "v", timeZone: "UTC", settings: {} as ConnectionSettings })
    .returning();
  connectionId = made?.id ?? 0;
});

type NewRecord = Omit<typeof record.$inferInsert, "connectionId">;

async function store(values: NewRecord): Promise<number> {
  const [row] = await database.db
    .insert(record)
    .values({ connectionId, ...values })
    .returning();
  return row?.id ?? 0;
}

const person = (key: string, label: string, minute: number): Promise<number> =>
  store({
    family: "contact",
    kind: "individual",
    key,
    label,
    searchTerms: [label.toLowerCase(), `${key}@mail.example`],
    s360State: { contactNumber: key },
    updatedAt: new Date(Date.UTC(2026, 0, 1, 0, minute)),
  });

describe("samples", () => {
  const individuals = async (search: string) =>
    (await listSamples(database.db, { connectionId, kind: "individual" }, search)).map(({ key }) => key);

  beforeEach(async () => {
    await person("0012", "Edna Lefèvre", 1);
    await person("0013", "Aïcha Frank", 3);
    await person("0100", "50% Off_er", 2);
    await store({ family: "contact", kind: "relay", key: "0099", s360State: {}, label: "Edna Relay" });
    await store({ family: "contact", kind: null, key: "0098", s360State: null });
  });

  test("are the records of the kind that said something, the latest first", async () => {
    expect(await individuals("")).toEqual(["0013", "0100", "0012"]);
  });

  test("are found by number, e-mail and part of a name, taken literally", async () => {
    expect(await individuals("001")).toEqual(["0013", "0012"]);
    expect(await individuals(" 0012@MAIL.example ")).toEqual(["0012"]);
    expect(await individuals("lefè")).toEqual(["0012"]);
    expect(await individuals("50%")).toEqual(["0100"]);
    expect(await individuals("f_e")).toEqual(["0100"]);
    expect(await individuals("nobody\0")).toEqual([]);
  });

  test("of sales are found by order, file and contact number, and say what they belong to", async () => {
    const order = { contactReference: "0012", catalogCurrency: { currencyCode: "EUR" } };
    const parentId = await store({ family: "order", kind: "order", key: "7000", s360State: order });
    const sold = { family: "operation", kind: "operation", parentId, label: "Jazz" } as const;
    await store({ ...sold, key: "1", s360State: { fileId: 9012000, totalAmount: 482000 } });
    await store({ ...sold, key: "2", label: "Opera", s360State: { totalAmount: "free" } });
    const sales = (search: string) => listSamples(database.db, { connectionId, kind: "operation" }, search);
    const keys = async (search: string) => (await sales(search)).map(({ key }) => key).sort();
    expect(await keys("7000")).toEqual(["1", "2"]);
    expect(await keys("0012")).toEqual(["1", "2"]);
    expect(await keys("9012000")).toEqual(["1"]);
    expect(await keys("700")).toEqual([]);
    expect((await sales("opera"))[0]?.sale).toEqual({ order: "7000", buyer: "0012", amount: null });
    expect((await sales("jazz"))[0]?.sale).toEqual({ order: "7000", buyer: "0012", amount: "482.00 EUR" });
  });

  test("of a sale come with their order", async () => {
    const parentId = await store({
      family: "order",
      kind: "order",
      key: "7",
      s360State: { contactReference: "0012" },
    });
    const state = { family: "operation", kind: "operation", s360State: { operationId: "7-1" } } as const;
    const id = await store({ ...state, key: "7-1", parentId });
    const orphan = await store({ ...state, key: "8-1" });
    const of = { connectionId, kind: "operation" } as const;
    expect(await getSample(database.db, of, id)).toMatchObject({
      source: { operation: { operationId: "7-1" }, order: { contactReference: "0012" } },
    });
    expect((await getSample(database.db, of, orphan))?.source).toEqual({
      operation: { operationId: "7-1" },
      order: {},
    });
    expect(await getSample(database.db, { connectionId, kind: "relay" }, id)).toBeNull();
  });
});

describe("the known target of a mapping", () => {
  const document = mappingDocumentSchema.parse({
    kind: "individual",
    object: "Account",
    keyField: "[p]SyncId__c",
    recordType: "person",
    lines: [{ target: "LastName", expression: "name" }],
  });
  const settings = { recordTypes: {} };
  const known = (facts: OrgFacts | null) =>
    knownTarget(database.db, { id: connectionId, org: facts, settings }, document);

  test("is nothing until the org was asked", async () => {
    expect(await known(null)).toBeNull();
    expect(await known(org)).toBeNull();
  });

  test("is what the org said last, with fields as documents write them", async () => {
    const describe_ = testAccount({ prefix: "secutix__" });
    await database.db.insert(orgObject).values({ connectionId, object: "Account", describe: describe_ });
    const found = await known(org);
    if (!found) throw new Error("it is known");
    expect(found.target).toMatchObject({ prefix: "secutix__", recordTypeId: "012000000000001AAA" });
    const { fields } = targetObject(found, document);
    const field = (name: string) => fields.find((each) => each.name === name);
    expect(field("secutix__SyncId__c")).toMatchObject({ target: "[p]SyncId__c", required: true });
    expect(field("LastName")).toMatchObject({ target: "LastName", required: true, type: "text(80)" });
    expect(field("FirstName")).toMatchObject({ required: false, notWritable: null });
    expect(field("IsPersonAccount")?.notWritable).toMatch(/cannot be written/);
  });

  test("writes the package's fields with [p] where the org has no prefix, too", async () => {
    await database.db.insert(orgObject).values({ connectionId, object: "Account", describe: testAccount() });
    const found = await known({ ...org, prefix: "" });
    if (!found) throw new Error("it is known");
    const targets = targetObject(found, document).fields.map(({ target }) => target);
    expect(targets).toContain("[p]SyncId__c");
  });

  test("counts as out of date while the org is asked, and stays known when the org does not answer", async () => {
    const fetchedAt = new Date("2026-01-01T00:00:00.000Z");
    await database.db
      .insert(orgObject)
      .values({ connectionId, object: "Account", describe: testAccount(), fetchedAt });
    const askedAt = async () => (await known(org))?.askedAt.getTime();
    const object = { connectionId, name: "Account" };
    expect(await askAfresh(database.db, object, askedAt)).toBe(0);
    await database.db.update(orgObject).set({ fetchedAt });
    await expect(askAfresh(database.db, object, () => Promise.reject(new Error("away")))).rejects.toThrow(
      "away",
    );
    expect(await askedAt()).toBe(fetchedAt.getTime());
  });
});
