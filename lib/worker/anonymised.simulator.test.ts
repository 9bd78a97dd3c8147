/** Contacts that the simulated S-360 anonymises and merges, and what the simulated org takes of that. */
import { sql } from "drizzle-orm";
import { beforeEach, expect, it } from "vitest";
import { receive } from "@/lib/inbox/receive";
import { sayMerged } from "@/lib/reviews/merged-numbers";
import { readOrders } from "@/lib/s360/inbound";
import { portray } from "@/lib/s360/portrait";
import { person, relay, sale, structure } from "@/lib/sync/test-world";
import { anonymised } from "@/simulators/s360/venue/anonymise";
import { orgWorld } from "./test-org-world";

const w = orgWorld();

const reached = {
  addresses: [
    { contactAddressId: 1, main: true, street1: "12 rue du Lac", town: "Lausanne", countryCode: "CH" },
  ],
  communicationMeans: [
    { communicationMeanId: 2, email: "edna@mail.example", cellularPhone: "41 / 0791234567" },
  ],
  authorizations: [{ authorizationCode: "EMAIL", allowed: true }],
};
const anonymous = (contact: object) => anonymised(contact as Parameters<typeof anonymised>[0]);
const byKey = async (object: string, key: string) =>
  (await w.records(object)).find(({ SyncId__c: syncId }) => syncId === key);

beforeEach(() => w.connect({ rules: "in: { anonymised: blank }" }));

it("people, structures and relays are blanked where the org demands a name, and stay where they are", async () => {
  const all = [
    { ...person("1"), ...reached },
    { ...structure("2"), ...reached },
    { ...relay("3", "2"), ...reached },
  ];
  await w.contacts(...all);
  await w.drain();
  const before = await byKey("Contact", "3");
  await w.contacts(...all.map(anonymous));
  await w.drain();
  expect(await w.states()).toMatchObject([{ state: "idle" }, { state: "idle" }, { state: "idle" }]);
  const [one, two, three] = await Promise.all([
    byKey("Account", "1"),
    byKey("Account", "2"),
    byKey("Contact", "3"),
  ]);
  expect(one).toMatchObject({
    FirstName: null,
    LastName: "XXXXXXXX",
    PersonEmail: null,
    PersonMailingCity: null,
  });
  expect(two).toMatchObject({ Name: "XXXXXXXX", BillingCity: null });
  expect(three).toMatchObject({
    FirstName: null,
    LastName: "XXXXXXXX",
    Email: null,
    AccountId: before?.["AccountId"],
  });
  expect(JSON.stringify([one, two, three])).not.toMatch(/Edna|Frank|Étoile|Lausanne|edna@/);
});

it("all who are anonymised have one name: a duplicate rule that alerts to it holds nobody back", async () => {
  await w.contacts(person("1"), person("2", { individualContact: { individualLastName: "Moser" } }));
  await w.drain();
  await w.control("POST", "duplicate-rules", {
    ...{ object: "Account", name: "People_DR", message: "Do you know them?" },
    ...{ match: [{ field: "LastName" }] },
  });
  await w.contacts(anonymous(person("1")));
  await w.drain();
  await w.contacts(anonymous(person("2")));
  await w.drain();
  expect(await w.states()).toMatchObject([{ state: "idle" }, { state: "idle" }]);
  expect((await w.records("Account")).map(({ LastName: name }) => name)).toEqual(["XXXXXXXX", "XXXXXXXX"]);
});

it("sales of a number that was merged move to the head's account, by one more write each", async () => {
  await w.contacts(person("1"), person("2"));
  const orders = readOrders(JSON.stringify([sale(7, "1")]));
  const { connectionId } = w.world;
  await receive(w.database.db, {
    connectionId,
    stream: "orders-in",
    direction: "in",
    items: orders,
    portray,
  });
  await w.drain();
  const ids = await w.rows(sql`select id::int from record where family = 'contact' and key = '1'`);
  const said = { recordId: Number(ids[0]?.["id"]), head: "2", actor: "ada@venue.example" };
  expect(await sayMerged(w.database.db, said)).toEqual({ outcome: "changed", sales: 1 });
  await w.drain();
  const [moved] = await w.records("SecutixSale__c");
  expect(moved?.["Account__c"]).toBe((await byKey("Account", "2"))?.["Id"]);
  expect(await byKey("Account", "1")).toMatchObject({ LastName: "Frank" });
});
