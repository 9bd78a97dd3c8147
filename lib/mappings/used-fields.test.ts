import { expect, test } from "vitest";
import { orgObject } from "@/drizzle/schema";
import { testAccount } from "@/lib/core/mapping/test-describe";
import type { ObjectDescribe, OrgFacts } from "@/lib/core/side";
import { insertTestConnection } from "@/testing/connection";
import { testDatabase } from "@/testing/database";
import { usedFields } from "./used-fields";

const database = testDatabase();

const picklist = { type: "picklist", restrictedPicklist: true, picklistValues: ["Mr.", "Mrs."] } as const;

function account(): ObjectDescribe {
  const describe = testAccount({ prefix: "secutix__" });
  const fields = describe.fields.map((field) =>
    field.name === "FirstName" ? { ...field, label: "Salutation", ...picklist } : field,
  );
  return { ...describe, label: "Person", fields };
}

test("fields that are known say their label and what they list, once each", async () => {
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
  expect(await usedFields(db, connection, uses)).toEqual([]);
  await db.insert(orgObject).values({ connectionId: id, object: "Account", describe: account() });
  expect(await usedFields(db, connection, uses)).toEqual([
    {
      ...{ object: "Account", target: "FirstName", objectLabel: "Person", label: "Salutation" },
      ...{ values: ["Mr.", "Mrs."], restricted: true },
    },
    {
      ...{ object: "Account", target: "LastName", objectLabel: "Person", label: "Last Name" },
      ...{ values: [], restricted: false },
    },
  ]);
  expect(await usedFields(db, { ...connection, org: null }, uses)).toEqual([]);
});
