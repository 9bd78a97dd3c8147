/** What goes wrong on the way to an org, by its simulator: every person is there once, as last sent. */
import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { orgWorld, person } from "./test-org-world";

const w = orgWorld();
const hour = 60 * 60_000;

const named = (key: string, individualLastName: string) => ({
  ...person(key),
  individualContact: { individualFirstName: "Edna", individualLastName },
});
const inOrg = async () =>
  (await w.records("Account")).map((account) => `${account["SyncId__c"]} ${account["LastName"]}`).sort();

async function settled(): Promise<void> {
  expect(await w.rows(sql`select distinct state, attempts from record_direction`)).toEqual([
    { state: "idle", attempts: 0 },
  ]);
  expect(await w.held()).toBeUndefined();
}

it("a connection that breaks after Salesforce has written: nobody is there twice", async () => {
  await w.contacts(person("0"));
  await w.drain();
  await w.fault({ kind: "drop-after-write", after: 1, match: "POST /services/data/v62.0/composite" });
  // The first call looks for those nobody knows yet, the second writes all three.
  await w.contacts(person("1"), person("2"), named("0", "Known"));
  await w.drain();
  expect(await w.held()).toMatchObject({ code: "org_unreachable" });
  expect(await w.records("Account")).toHaveLength(3);
  await w.work(hour);
  expect(await inOrg()).toHaveLength(3);
  expect((await inOrg())[0]).toContain("Known");
  await settled();
});

it("one number twice in a call: one record, as it came last", async () => {
  await w.contacts(named("1", "First"), person("2"), named("1", "Last"));
  await w.drain();
  expect((await inOrg()).filter((line) => line.endsWith("Last"))).toHaveLength(1);
  expect(await inOrg()).toHaveLength(2);
  await settled();
});

it("an Account merged away between two calls: the second one goes to the Account that stayed", async () => {
  await w.contacts(named("1", "Stays"), named("2", "Goes"));
  await w.drain();
  const idOf = async (lastName: string) =>
    (await w.records("Account")).find((account) => account["LastName"] === lastName)?.["Id"];
  await w.control("POST", "merge", {
    object: "Account",
    masterId: await idOf("Stays"),
    mergeIds: [await idOf("Goes")],
  });
  await w.contacts(named("1", "Stays after all"), named("2", "Gone"));
  await w.work(hour);
  expect(await inOrg()).toEqual([expect.stringMatching(/ Stays after all$/)]);
});
