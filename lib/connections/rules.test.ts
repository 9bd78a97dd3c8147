import { eq, sql } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { parse } from "yaml";
import { auditLog, connection, feed, mapping, mappingVersion, orgObject } from "@/drizzle/schema";
import { connectionSettingsSchema, type RuleSettings } from "@/lib/core/connection-settings";
import { testField } from "@/lib/core/mapping/test-describe";
import { insertTestConnection, testSettings } from "@/testing/connection";
import { testDatabase } from "@/testing/database";
import { defaultDocuments } from "./default-documents";
import { exportConnection } from "./export";
import { ruleSettingsSchema, saveRules, storedRules } from "./rules";
import { rulesDetail } from "./rules-detail";

const database = testDatabase();
const actor = "admin@venue.example";
const institution = "myvenue";
let connectionId = 0;

beforeEach(async () => {
  await database.db.delete(auditLog);
  await database.db.delete(connection);
  connectionId = await insertTestConnection(database.db);
  await database.db.insert(feed).values({ connectionId, dueAt: new Date("2099-01-01") });
});

async function stored() {
  const found = await storedRules(database.db, connectionId);
  if (!found) throw new Error("there is no connection");
  return found;
}

async function changed(change: (settings: RuleSettings) => RuleSettings) {
  const { revision, settings } = await stored();
  return saveRules(database.db, { institution, revision, settings: change(settings), actor });
}

const creating = (settings: RuleSettings): RuleSettings => ({
  ...settings,
  rules: {
    ...settings.rules,
    out: {
      ...settings.rules.out,
      individual: { ...settings.rules.out.individual, create: "do", createWhen: "PersonEmail != null" },
    },
  },
});

const trail = async () =>
  (await database.db.select().from(auditLog).orderBy(auditLog.id)).map(({ actor, action, subject }) => ({
    actor,
    action,
    subject,
  }));

const isDue = async () =>
  (await database.db.select({ due: sql<boolean>`${feed.dueAt} <= now()` }).from(feed))[0]?.due;

test("what is saved is what the workers read, and the other settings stay as they are", async () => {
  const result = await changed((settings) => ({ ...creating(settings), tell: ["crm@venue.example"] }));
  expect(result).toEqual({
    outcome: "saved",
    changed: ["rules.out.individual.create", "rules.out.individual.createWhen", "tell"],
  });
  const [row] = await database.db.select().from(connection).where(eq(connection.id, connectionId));
  const settings = connectionSettingsSchema.parse(row?.settings);
  expect(settings).toEqual({ ...testSettings, ...creating(testSettings), tell: ["crm@venue.example"] });
});

test("a change leaves its name in the trail, never an address or a condition", async () => {
  await changed((settings) => ({ ...creating(settings), tell: ["edna@venue.example"] }));
  expect(await trail()).toEqual(
    ["rules.out.individual.create", "rules.out.individual.createWhen", "tell"].map((subject) => ({
      actor,
      action: "rule changed",
      subject,
    })),
  );
  expect((await stored()).changed?.by).toBe(actor);
});

test("saving what is stored already leaves no trace and the same revision", async () => {
  const { revision } = await stored();
  expect(await changed((settings) => settings)).toEqual({ outcome: "saved", changed: [] });
  expect(await trail()).toEqual([]);
  expect(await stored()).toMatchObject({ revision, changed: null });
});

test("of two who opened the same rules the second is told what the first saved, and nothing is lost", async () => {
  const opened = await stored();
  await changed((settings) => ({ ...settings, conflictOwner: "salesforce" }));
  const late = {
    institution,
    revision: opened.revision,
    settings: creating(opened.settings),
    actor: "b@x.ch",
  };
  const answer = await saveRules(database.db, late);
  expect(answer).toMatchObject({
    outcome: "conflict",
    stored: { settings: { conflictOwner: "salesforce" }, changed: { by: actor } },
  });
  expect((await stored()).settings.rules.out.individual.create).toBe("ignore");
  expect(await trail()).toHaveLength(1);
  const theirs = answer.outcome === "conflict" ? answer.stored.revision : "";
  expect(await saveRules(database.db, { ...late, revision: theirs })).toMatchObject({ outcome: "saved" });
});

test("two saves at the same moment take turns: one wins, the other is a conflict", async () => {
  const { revision, settings } = await stored();
  const save = (conflictOwner: "salesforce", pollSeconds: number) =>
    saveRules(database.db, {
      institution,
      revision,
      settings: { ...settings, conflictOwner, contactsOut: { ...settings.contactsOut, pollSeconds } },
      actor,
    });
  const outcomes = await Promise.all([save("salesforce", 60), save("salesforce", 600)]);
  expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(["conflict", "saved"]);
});

test("saving what was there before gives the revision that was there before: that is how it is undone", async () => {
  const before = await stored();
  await changed(creating);
  const { revision } = await stored();
  expect(revision).not.toBe(before.revision);
  await saveRules(database.db, { institution, revision, settings: before.settings, actor });
  expect(await stored()).toMatchObject({ revision: before.revision, settings: before.settings });
});

test("the way back is polled at once when its rules changed, and not for the others", async () => {
  await changed((settings) => ({ ...settings, conflictOwner: "salesforce" }));
  expect(await isDue()).toBe(false);
  await changed((settings) => ({ ...settings, contactsOut: { ...settings.contactsOut, pollSeconds: 60 } }));
  expect(await isDue()).toBe(true);
});

test("an institution without a connection is missing", async () => {
  const { revision, settings } = await stored();
  const elsewhere = { institution: "elsewhere", revision, settings, actor };
  expect(await saveRules(database.db, elsewhere)).toEqual({ outcome: "missing" });
  expect(await rulesDetail(database.db, "elsewhere", true)).toBeNull();
});

test("conditions, addresses and numbers are checked as in the file", async () => {
  const { settings } = await stored();
  const refused = (change: Partial<RuleSettings>) =>
    ruleSettingsSchema.safeParse({ ...settings, ...change }).error?.issues.map(({ path }) => path.join("."));
  const { rules } = creating(settings);
  const withCondition = (createWhen: string) => ({
    rules: { ...rules, out: { ...rules.out, relay: { ...rules.out.relay, createWhen } } },
  });
  expect(refused({})).toBeUndefined();
  expect(refused(withCondition("$now() > 1"))).toEqual(["rules.out.relay.createWhen"]);
  expect(refused(withCondition('Name = "a\0b"'))).toEqual(["rules.out.relay.createWhen"]);
  for (const address of [
    "crm",
    "a@venue.example\r\nBcc: b@venue.example",
    "A <a@venue.example>",
    "a@b, c@d.example",
  ])
    expect(refused({ tell: [address] })).toEqual(["tell.0"]);
  expect(refused({ contactsOut: { ...settings.contactsOut, massLimit: 0 } })).toEqual([
    "contactsOut.massLimit",
  ]);
});

test("what is saved is in the exported file", async () => {
  await changed((settings) => ({ ...creating(settings), tell: ["crm@venue.example"] }));
  const file = parse((await exportConnection(database.db, institution)) ?? "") as Record<string, unknown>;
  const { settings } = await stored();
  expect(file).toMatchObject({ rules: settings.rules, tell: settings.tell, conflictOwner: "s360" });
});

test("the page learns what is missing for the way back, and that the org's fields are not known yet", async () => {
  expect(await rulesDetail(database.db, institution, false)).toMatchObject({
    institution,
    missing: ["s360.operator", "s360.partner", "s360.secret"],
    fields: { individual: null, relay: null, structure: null },
    mailSetUp: false,
  });
});

test("once the org was asked, the page learns what a condition can read: neither lookups nor the Sync ID", async () => {
  const { db } = database;
  const document = defaultDocuments(testSettings).get("individual");
  if (!document) throw new Error("there is no default mapping for individuals");
  const named = { connectionId, name: "individual", direction: "in", kind: "individual" } as const;
  const [made] = await db
    .insert(mapping)
    .values({ ...named, draft: document })
    .returning({ mappingId: mapping.id });
  const version = { number: 1, document, comment: "", publishedBy: actor };
  const [published] = await db
    .insert(mappingVersion)
    .values({ ...version, mappingId: made?.mappingId ?? 0 })
    .returning({ id: mappingVersion.id });
  await db.update(mapping).set({ publishedVersionId: published?.id });
  const fields = [
    testField("PersonEmail", "email"),
    testField("OwnerId", "reference"),
    testField("SyncId__c", "text", 40),
  ];
  await db
    .insert(orgObject)
    .values({ connectionId, object: "Account", describe: { name: "Account", label: "Account", fields } });
  await db.update(connection).set({
    org: {
      prefix: "",
      personAccounts: true,
      multiCurrency: false,
      recordTypes: [],
      organizationId: "00D",
      organizationName: "Org",
      fetchedAt: new Date(0).toISOString(),
    },
  });
  expect(await rulesDetail(db, institution, true)).toMatchObject({
    fields: { individual: ["PersonEmail"], relay: null, structure: null },
    mailSetUp: true,
  });
});
