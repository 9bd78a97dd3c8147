import { randomBytes } from "node:crypto";
import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { published } from "@/lib/mappings/published";
import { testDatabase } from "@/testing/database";
import { applyConfig } from "./apply";
import { keyRing } from "./cipher";
import { parseConnectionFile } from "./config-file";
import { exampleFile as example, exampleSecrets as env } from "./test-example-file";

const database = testDatabase();
const keys = keyRing(randomBytes(32));

beforeEach(async () => {
  await database.db.execute(sql`truncate connection, audit_log cascade`);
});

/** The example with mappings of its own beside the usual ones, by name: what they write individuals to. */
function withOwn(objects: Readonly<Record<string, string>>): string {
  const own = Object.entries(objects).map(
    ([name, object]) =>
      `  ${name}:\n    kind: individual\n    object: "${object}"\n    keyField: Key__c\n    lines: { Key__c: contactNumber }\n`,
  );
  return example.replace("mappings:\n", `mappings:\n${own.join("")}`);
}

const apply = (objects: Readonly<Record<string, string>>) =>
  applyConfig(database.db, keys, parseConnectionFile(withOwn(objects)), env, { actor: "test" });
const refusal = (path: string, other: string, object: string) => ({
  problems: [
    `${path}: ${other} writes this kind (individual) to ${object} already: two mappings would write the same records. Add lines to it instead.`,
  ],
});
const objects = async (connectionId: number) =>
  Object.fromEntries(
    (await published(database.db, connectionId)).mappings.map(({ name, document }) => [
      name,
      document.object,
    ]),
  );

describe("two mappings of one kind and object in a file", () => {
  test("are refused with the path of the second, and nothing is done", async () => {
    await expect(apply({ first: "Pref__c", second: "pref__c" })).rejects.toMatchObject(
      refusal("mappings.second.object", "first", "pref__c"),
    );
    await expect(apply({ more: "Account" })).rejects.toMatchObject(
      refusal("mappings.more.object", "individual", "Account"),
    );
    expect((await database.db.execute(sql`select from connection`)).rowCount).toBe(0);
  });

  test("are refused too where one has the package's prefix and the org was not asked for it yet", async () => {
    const { connectionId } = await apply({ first: "Pref__c" });
    const both = { first: "Pref__c", second: "[p]Pref__c" };
    await expect(apply(both)).rejects.toMatchObject(refusal("mappings.second", "first", "[p]Pref__c"));
    await database.db.execute(
      sql`update connection set org = ${JSON.stringify({ prefix: "secutix__" })}::jsonb`,
    );
    await apply(both);
    expect(await objects(connectionId)).toMatchObject(both);
  });

  test("are none where a mapping takes the place of another, or two change places", async () => {
    const { connectionId } = await apply({ first: "Pref__c", second: "Other__c" });
    await apply({ first: "Other__c", second: "Pref__c" });
    await apply({ third: "Pref__c", second: "Other__c" });
    const now = await objects(connectionId);
    expect(now).toMatchObject({ third: "Pref__c", second: "Other__c" });
    expect(now).not.toHaveProperty("first");
  });
});
