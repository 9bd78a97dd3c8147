import { generateKeyPairSync, randomBytes } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import {
  census,
  auditLog,
  block,
  connection,
  credential,
  feed,
  link,
  mapping,
  record,
  stream,
} from "@/drizzle/schema";
import { getMapping } from "@/lib/mappings/read";
import { saveDraft } from "@/lib/mappings/drafts";
import { publish } from "@/lib/mappings/publish";
import { published } from "@/lib/mappings/published";
import { dropValueMap, putValueMap } from "@/lib/mappings/value-maps";
import { testDatabase } from "@/testing/database";
import { applyConfig } from "./apply";
import { keyRing } from "./cipher";
import { ConfigFileError, parseConnectionFile } from "./config-file";
import { readCredential } from "./credentials";
import { exportConnection } from "./export";
import { isHeld } from "./hold";
import { loadConnection } from "./load";
import { exampleFile as example, exampleSecrets as env } from "./test-example-file";

const database = testDatabase();
const keys = keyRing(randomBytes(32));
const individual = "individual";

beforeEach(async () => {
  await database.db.execute(sql`truncate connection, audit_log cascade`);
});

function apply(yaml: string, variables: Record<string, string | undefined> = env, dryRun = false) {
  return applyConfig(database.db, keys, parseConnectionFile(yaml), variables, { actor: "test", dryRun });
}

async function problemsOf(applied: Promise<unknown>): Promise<readonly string[]> {
  const error: unknown = await applied.then(() => null).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(ConfigFileError);
  return error instanceof ConfigFileError ? error.problems : [];
}

test("a first file makes the connection, its streams, credentials, mappings and value maps", async () => {
  const result = await apply(example);
  expect(result.created).toBe(true);
  expect(result.changes).toEqual([
    "connection myvenue created",
    "webhooks.contacts.password: stored from env:CONTACTS_PASSWORD",
    "webhooks.orders.key: stored from env:ORDERS_KEY",
    "s360.secret: stored from env:S360_SECRET",
    "salesforce.clientId: stored from env:SALESFORCE_CLIENT_ID",
    "salesforce.clientSecret: stored from env:SALESFORCE_CLIENT_SECRET",
    "value map titles: added",
    ...["languages", "countries", "currencies", "currency-symbols", "order-types", "discounts", "taxes"].map(
      (name) => `value map ${name}: added`,
    ),
    `mapping ${individual}: version 1 published`,
    "mapping relay: version 1 published",
    "mapping structure: version 1 published",
    "mapping sale: version 1 published",
  ]);
  const stored = await loadConnection(database.db, "myvenue");
  expect(stored?.settings.salesforce.clientId).toBe("3MVG9");
  expect(await readCredential(database.db, keys, result.connectionId, "webhooks.contacts.secret")).toBe(
    "pass:word",
  );
  expect(await database.db.$count(stream, eq(stream.connectionId, result.connectionId))).toBe(3);
  const running = await published(database.db, result.connectionId);
  const lines = running.mappings.find(({ name }) => name === individual)?.document.lines ?? [];
  expect(lines.find(({ target }) => target === "PersonMailingCity")).toMatchObject({
    onMissing: "clear",
    twoWay: true,
  });
  expect(lines.some(({ target }) => target === "PersonHomePhone")).toBe(false);
  expect(running.valueMaps["titles"]?.values["DR"]).toBe("Dr.");
});

test("the same file again changes nothing, not even a cipher text or a line in the audit log", async () => {
  const { connectionId } = await apply(example);
  const snapshot = async () => ({
    credentials: await database.db.select().from(credential).orderBy(credential.name),
    audit: await database.db.$count(auditLog),
    mappings: await database.db.select().from(mapping).orderBy(mapping.id),
  });
  const before = await snapshot();
  expect(await apply(example)).toEqual({ connectionId, institution: "myvenue", created: false, changes: [] });
  expect(await snapshot()).toEqual(before);
});

test("what differs is changed and told in plain words; a secret only by its name", async () => {
  await apply(example);
  const changed = example
    .replace("callsPerMinute: 60 ", "callsPerMinute: 90 ")
    .replace("env:ORDERS_KEY", "env:NEW_KEY")
    .replace("name: My Venue", "name: Our Venue")
    .replace("      DR: Dr.\n", "")
    .replace("PersonHomePhone: null", "PersonHomePhone: { expression: '\"+41\"', twoWay: false }");
  const variables = { ...env, NEW_KEY: "orders-key-2", S360_SECRET: "rotated" };
  expect((await apply(changed, variables)).changes).toEqual([
    "name: My Venue → Our Venue",
    "s360.callsPerMinute: 60 → 90",
    "webhooks.orders.key: replaced from env:NEW_KEY",
    "s360.secret: replaced from env:S360_SECRET",
    "value map titles: changed",
    `mapping ${individual}: version 2 published`,
  ]);
});

test("a default value map that was removed, and codes with a rule, survive export and apply", async () => {
  const { connectionId } = await apply(example);
  const place = { connectionId, actor: "ann" };
  await dropValueMap(database.db, { ...place, name: "countries", revision: 1 });
  const entries = {
    values: { MR: "Mr." },
    rules: { DR: "hold", SIR: "otherwise" },
    otherwise: "leave",
  } as const;
  await putValueMap(database.db, { ...place, name: "titles", revision: 1, entries });
  const yaml = (await exportConnection(database.db, "myvenue")) ?? "";
  expect(yaml).toContain("countries: null");
  expect(parseConnectionFile(yaml).valueMaps["titles"]).toEqual(entries);
  expect((await apply(yaml)).changes).toEqual([]);
  expect((await apply(example)).changes).toEqual(["value map titles: changed", "value map countries: added"]);
});

const backTo360 = `
contactsOut: { pollSeconds: 60, massLimit: 500 }
rules:
  in: { relay: { create: review } }
  out:
    individual: { create: do, createWhen: 'PersonLeadSource = "Web"', delete: mark }
    structure: { update: tell }
`;
/** The example with other settings for the way back. */
const otherWayBack = (yaml: string) =>
  yaml
    .replace(/\ncontactsOut:[^]*(?=\n# Only what differs)/, backTo360)
    .replace("callsPerMonth: 10000", "callsPerMonth: 0\n  assumptions: { saveWrapper: contactData }")
    .replace("authentication: jwt", "authentication: token");

test("what changes on the way back to S-360 is told setting by setting, by a dry run too", async () => {
  await apply(example);
  const told = [
    "s360.authentication: jwt → token",
    "s360.callsPerMonth: 10000 → 0",
    "s360.assumptions.saveWrapper: not set → contactData",
    "contactsOut.pollSeconds: 300 → 60",
    "contactsOut.massLimit: 200 → 500",
    "rules.in.relay.create: do → review",
    "rules.in.structure.create: review → do",
    "rules.out.structure.update: do → tell",
    "tell: crm@myvenue.example → not set",
    "matching.individual.rules.2.fields: MobilePhone → not set",
    "matching.individual.rules.2.compare: normalised → not set",
    "matching.individual.rules.2.names: must-fit → not set",
    "matching.structure.rules.1.fields: [p]VatNumber__c → not set",
    "matching.structure.rules.1.compare: normalised → not set",
    "matching.structure.rules.1.names: must-fit → not set",
    "matching.structure.rules.2.fields: Name, BillingCountry → not set",
    "matching.structure.rules.2.compare: normalised → not set",
    "matching.structure.rules.2.names: must-fit → not set",
  ];
  expect((await apply(otherWayBack(example), env, true)).changes).toEqual(told);
  expect((await apply(example)).changes).toEqual([]);
  expect((await apply(otherWayBack(example))).changes).toEqual(told);
  const { settings } = (await loadConnection(database.db, "myvenue")) ?? {};
  expect(settings?.rules.out.individual).toEqual({
    create: "do",
    update: "do",
    delete: "mark",
    createWhen: 'PersonLeadSource = "Web"',
  });
  const yaml = (await exportConnection(database.db, "myvenue")) ?? "";
  expect(parseConnectionFile(yaml)).toEqual(parseConnectionFile(otherWayBack(example)));
  expect((await apply(yaml)).changes).toEqual([]);
  const without = yaml.replace(/\n +createWhen: PersonLead.*/, "");
  expect((await apply(without)).changes).toEqual([
    'rules.out.individual.createWhen: PersonLeadSource = "Web" → not set',
  ]);
});

test("a new interval counts from now, and a hold of S-360 ends with a change of the way there", async () => {
  const { connectionId } = await apply(example);
  const later = new Date(Date.now() + 3_600_000);
  await database.db.insert(feed).values({ connectionId, dueAt: later });
  const fault = { code: "s360_sign_in", sentence: "S-360 refuses the sign-in." } as const;
  await database.db.insert(block).values({ connectionId, system: "s360", until: later, fault });
  await apply(example, { ...env, S360_SECRET: "rotated" });
  expect(await isHeld(database.db, connectionId)).toBe(false);
  const dueAt = async () => (await database.db.select().from(feed))[0]?.dueAt.getTime();
  expect(await dueAt()).toBe(later.getTime());
  await apply(example.replace("pollSeconds: 300", "pollSeconds: 30"), { ...env, S360_SECRET: "rotated" });
  expect(await dueAt()).toBeLessThan(later.getTime());
});

test("a dry run tells the same changes and makes none", async () => {
  expect((await apply(example, env, true)).changes).toHaveLength(18);
  expect(await database.db.$count(connection)).toBe(0);
});

test("every missing or unusable variable is told with its path, and nothing is stored", async () => {
  const problems = await problemsOf(
    apply(example, { ...env, S360_SECRET: undefined, ORDERS_KEY: " ", CONTACTS_PASSWORD: "a\nb" }),
  );
  expect(problems).toEqual([
    "webhooks.contacts.password: the environment variable CONTACTS_PASSWORD has line breaks or control characters in it",
    "webhooks.orders.key: the environment variable ORDERS_KEY is empty; set it and apply the file again",
    "s360.secret: the environment variable S360_SECRET is not set; set it and apply the file again",
  ]);
  expect(await database.db.$count(connection)).toBe(0);
});

test("a JWT key is checked when it is applied, and may come on one line", async () => {
  const jwt = example
    .replace("flow: client-credentials", "flow: jwt")
    .replace(
      "clientSecret: env:SALESFORCE_CLIENT_SECRET",
      "username: sync@venue.example\n  privateKey: env:KEY",
    );
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  const { connectionId } = await apply(jwt, { ...env, KEY: pem.replaceAll("\n", "\\n") });
  expect(await readCredential(database.db, keys, connectionId, "salesforce.privateKey")).toContain("\n");
  expect(await problemsOf(apply(jwt, { ...env, KEY: "-----BEGIN PRIVATE KEY-----" }))).toEqual([
    "salesforce.privateKey: the environment variable KEY does not hold an RSA private key in PEM, unencrypted",
  ]);
});

test("a change of the way of signing in removes the credential of the old one", async () => {
  const { connectionId } = await apply(example);
  const none = example.replace(/  orders:\n.*\n.*\n.*\n/, "  orders: none\n");
  expect((await apply(none)).changes).toEqual([
    "webhooks.orders.authentication: api-key → none",
    "webhooks.orders.header: x-api-key → not set",
    "webhooks.orders.secret: removed",
  ]);
  expect(await readCredential(database.db, keys, connectionId, "webhooks.orders.secret")).toBeNull();
});

test("what is exported applies again without any change", async () => {
  const { connectionId } = await apply(example);
  const yaml = (await exportConnection(database.db, "myvenue")) ?? "";
  expect(yaml).toContain("clientSecret: env:SALESFORCE_CLIENT_SECRET");
  expect(yaml).toContain(`Description: '"S-360 contact " & contactNumber'`);
  for (const value of ["s360-secret", "pass:word", "orders-key", "client-secret", "3MVG9"])
    expect(yaml).not.toContain(value);
  expect(parseConnectionFile(yaml)).toEqual(parseConnectionFile(example));
  expect((await apply(yaml)).changes).toEqual([]);

  const opened = await getMapping(database.db, { connectionId, name: individual });
  if (!opened) throw new Error("the mapping is missing");
  const document = { ...opened.draftDocument, lines: opened.draftDocument.lines.toReversed().slice(0, -3) };
  const key = opened.draftDocument.lines[0];
  if (key) document.lines.push(key);
  const saved = await saveDraft(database.db, { mappingId: opened.id, revision: 1, document, actor: "admin" });
  expect(saved).toEqual({ outcome: "saved", revision: 2 });
  const answer = await publish(database.db, {
    mappingId: opened.id,
    revision: 2,
    comment: "",
    actor: "admin",
    target: null,
  });
  expect(answer).toMatchObject({ outcome: "published", number: 2 });
  const edited = (await exportConnection(database.db, "myvenue")) ?? "";
  expect(edited).toContain("FirstName: null");
  expect((await apply(edited)).changes).toEqual([]);
});

test("a mapping that leaves the file stops running, and its versions stay", async () => {
  const own = example.replace(
    "mappings:\n",
    "mappings:\n  Preferences:\n    kind: individual\n    object: Pref__c\n    keyField: Key__c\n    lines: { Key__c: contactNumber }\n",
  );
  const { connectionId } = await apply(own);
  const { id: mappingId } =
    (await getMapping(database.db, { connectionId, name: "Preferences" })) ?? expect.fail("no mapping");
  const counts = () => database.db.select().from(census).where(eq(census.mappingId, mappingId));
  expect(await counts()).toMatchObject([{ state: "running" }]);
  expect((await apply(example)).changes).toEqual([
    "mapping Preferences: no longer runs; its versions are kept",
  ]);
  expect(await counts()).toMatchObject([{ state: "cancelled" }]);
  expect((await published(database.db, connectionId)).mappings.map(({ name }) => name)).not.toContain(
    "Preferences",
  );
  expect((await getMapping(database.db, { connectionId, name: "Preferences" }))?.versions).toHaveLength(1);
  const without = example.replace("mappings:\n", "mappings:\n  relay: null\n");
  expect((await apply(without)).changes).toEqual(["mapping relay: no longer runs; its versions are kept"]);
  expect(await exportConnection(database.db, "myvenue")).toContain("relay: null");
});

test("a mapping that was stopped takes no other object from the file once records were written through it", async () => {
  const to = (object: string) =>
    example.replace(
      "mappings:\n",
      `mappings:\n  Preferences:\n    kind: individual\n    object: ${object}\n    keyField: Key__c\n    lines: { Key__c: contactNumber }\n`,
    );
  const { connectionId } = await apply(to("Pref__c"));
  const mappingId = (await getMapping(database.db, { connectionId, name: "Preferences" }))?.id ?? 0;
  const of = { connectionId, family: "contact", key: "1", kind: "individual" } as const;
  const [row] = await database.db.insert(record).values(of).returning();
  const linked = { connectionId, recordId: row?.id ?? 0, mappingId, object: "Pref__c", salesforceId: "a01" };
  await database.db.insert(link).values({ ...linked, key: "1", base: {}, baseVersion: 1 });
  await apply(example);
  expect(await problemsOf(apply(to("Other__c")))).toEqual([
    expect.stringMatching(/^mappings\.Preferences: Records were already written to Pref__c .* Other__c\.$/),
  ]);
  expect((await apply(to("Pref__c"))).changes).toEqual(["mapping Preferences: version 2 published"]);
});

test("a field that the file fills under another of its names is told, and filled once", async () => {
  const twice = example.replace("PersonHomePhone: null", "secutix__SyncId__c: contactNumber");
  expect(await problemsOf(apply(twice))).toEqual([
    expect.stringMatching(/secutix__SyncId__c: Another line above already fills/),
  ]);
});

test("a draft that was never published survives the file", async () => {
  const { connectionId } = await apply(example);
  const opened = await getMapping(database.db, { connectionId, name: individual });
  if (!opened) throw new Error("the mapping is missing");
  const document = { ...opened.draftDocument, lines: opened.draftDocument.lines.slice(0, 5) };
  await saveDraft(database.db, { mappingId: opened.id, revision: 1, document, actor: "admin" });
  const { changes } = await apply(
    example.replace("PersonHomePhone: null", "PersonHomePhone: { expression: contactNumber, twoWay: false }"),
  );
  expect(changes).toEqual([
    `mapping ${individual}: version 2 published; its draft has other changes and was kept`,
  ]);
  expect((await getMapping(database.db, { id: opened.id }))?.draftDocument.lines).toHaveLength(5);
});

test("a mapping that could not run is refused with the path of its line, and nothing else of the file is done", async () => {
  await apply(example);
  const broken = example
    .replace("name: My Venue", "name: Our Venue")
    .replace(
      "PersonHomePhone: null",
      'PersonHomePhone: $now()\n      Salutation: $valueMap("anreden", type)',
    );
  const problems = await problemsOf(apply(broken));
  expect(problems).toHaveLength(2);
  expect(problems.join("\n")).toContain(`mappings.${individual}.lines.PersonHomePhone: `);
  expect(problems.join("\n")).toContain(
    `mappings.${individual}.lines.Salutation: There is no value map "anreden"`,
  );
  expect((await loadConnection(database.db, "myvenue"))?.name).toBe("My Venue");
});

test("value maps whose names only capitals keep apart are refused", async () => {
  const twin = example.replace("valueMaps:", "valueMaps:\n  Titles: { values: {}, otherwise: hold }");
  expect(await problemsOf(apply(twin))).toEqual([
    "valueMaps.Titles: it differs from titles only by small and capital letters, and nobody could keep them apart. Choose another name, or null for titles.",
  ]);
});

test("after the first write people cannot be switched to the other object", async () => {
  const { connectionId } = await apply(example);
  const asContacts = example
    .replace("individualsAs: person-account", "individualsAs: contact")
    .replaceAll("Person", "")
    .replace("  person: Account", "  person: PersonAccount");
  const mappingId = (await getMapping(database.db, { connectionId, name: individual }))?.id ?? 0;
  const [row] = await database.db
    .insert(record)
    .values({ connectionId, family: "contact", key: "1", kind: "individual" })
    .returning();
  const linked = {
    connectionId,
    recordId: row?.id ?? 0,
    mappingId,
    object: "Account",
    salesforceId: "001",
    key: "1",
  };
  await database.db.insert(link).values({ ...linked, base: {}, baseVersion: 1 });
  expect((await problemsOf(apply(asContacts)))[0]).toMatch(
    /^individualsAs: individuals .* already written as person-account/,
  );
  await database.db.delete(link);
  expect((await apply(asContacts)).changes).toContain("individualsAs: person-account → contact");
});

test("a second connection to the same Salesforce org is refused", async () => {
  await apply(example);
  const second = example.replace("institution: myvenue", "institution: other");
  expect((await problemsOf(apply(second)))[0]).toMatch(
    /^salesforce.loginUrl: .* already connected to the institution myvenue/,
  );
  expect((await apply(second.replace("mycompany.my", "another.my"))).created).toBe(true);
});

test("a change of the way to Salesforce ends the hold of the connection", async () => {
  const { connectionId } = await apply(example);
  const fault = { code: "sign_in", sentence: "Salesforce refuses the sign-in." } as const;
  await database.db
    .insert(block)
    .values({ connectionId, system: "salesforce", until: new Date(Date.now() + 60_000), fault, times: 3 });
  await apply(example.replace("name: My Venue", "name: Our Venue"));
  expect(await isHeld(database.db, connectionId)).toBe(true);
  await apply(example, { ...env, SALESFORCE_CLIENT_SECRET: "right" });
  expect(await isHeld(database.db, connectionId)).toBe(false);
});
