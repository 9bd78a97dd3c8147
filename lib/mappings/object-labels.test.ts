import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { connection, orgObject } from "@/drizzle/schema";
import { testAccount } from "@/lib/core/mapping/test-describe";
import type { OrgFacts } from "@/lib/core/side";
import { insertTestConnection } from "@/testing/connection";
import { testDatabase } from "@/testing/database";
import { objectLabels } from "./object-labels";

const database = testDatabase();

test("objects are called as the org calls them, once it was asked", async () => {
  const { db } = database;
  const id = await insertTestConnection(db);
  const label = async (object: string) => (await objectLabels(db, id))(object);
  expect(await label("Account")).toBeNull();
  const describe = { ...testAccount(), name: "secutix__Sale__c", label: "Ticket sale" };
  await db.insert(orgObject).values({ connectionId: id, object: describe.name, describe });
  expect(await label("secutix__Sale__c")).toBe("Ticket sale");
  const org = { prefix: "secutix__" } as unknown as OrgFacts;
  await db.update(connection).set({ org }).where(eq(connection.id, id));
  expect(await label("[p]Sale__c")).toBe("Ticket sale");
  expect(await label("Contact")).toBeNull();
});
