import { expect, test } from "vitest";
import { orgObject } from "@/drizzle/schema";
import { testAccount } from "@/lib/core/mapping/test-describe";
import type { ObjectDescribe, OrgFacts } from "@/lib/core/side";
import { insertTestConnection } from "@/testing/connection";
import { testDatabase } from "@/testing/database";
import { offeredValues } from "./offered-values";

const database = testDatabase();

const picklist = { type: "picklist", restrictedPicklist: true, picklistValues: ["Mr.", "Mrs."] } as const;

function account(): ObjectDescribe {
  const describe = testAccount({ prefix: "secutix__" });
  const fields = describe.fields.map((field) =>
    field.name === "FirstName" ? { ...field, label: "Salutation", ...picklist } : field,
  );
  return { ...describe, label: "Person", fields };
}

test("values are offered of picklists that are known, once each", async () => {
  const { db } = database;
  const id = await insertTestConnection(db);
  const org = { prefix: "secutix__", recordTypes: [] } as unknown as OrgFacts;
  const connection = { id, org, settings: { recordTypes: {} } };
  const line = (object: string, target: string) => ({ kind: "individual" as const, object, target });
  const uses = [
    line("Account", "FirstName"),
    line("Account", "FirstName"),
    line("Account", "LastName"),
    line("Account", "Gone__c"),
    line("Contact", "Salutation"),
  ];
  expect(await offeredValues(db, connection, uses)).toEqual([]);
  await db.insert(orgObject).values({ connectionId: id, object: "Account", describe: account() });
  expect(await offeredValues(db, connection, uses)).toEqual([
    { object: "Person", field: "FirstName", label: "Salutation", restricted: true, values: ["Mr.", "Mrs."] },
  ]);
  expect(await offeredValues(db, { ...connection, org: null }, uses)).toEqual([]);
});
