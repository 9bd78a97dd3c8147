/** What the way back costs, and that nothing between a poll and its storing is lost. */
import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { FaultError } from "@/lib/core/faults";
import { relay, structure } from "@/lib/sync/test-world";
import { backWorld, fullPerson } from "./test-back-world";

const w = backWorld();
const { world, back } = w;
const numbers = Array.from({ length: 60 }, (_, i) => String(i + 1));
const sent = (more: object = {}) =>
  numbers.map((number) => fullPerson(number, { contactId: Number(number), ...more }));

describe("calls", () => {
  it("a payload of linked people costs Salesforce one read and one write in all", async () => {
    await w.sends(...sent());
    const before = { reads: world.org.reads, writes: world.org.writes.length };
    await w.contacts(...sent({ individualContact: { individualLastName: "Changed" } }));
    await w.drain("in");
    expect({
      reads: world.org.reads - before.reads,
      writes: world.org.writes.length - before.writes,
    }).toEqual({
      reads: 1,
      writes: 1,
    });
  });

  it("nothing is read before mappings whose fields all go one way, nor for what does not change", async () => {
    const order = (product: string) => ({
      orderId: 5,
      operationDatas: [{ operationId: 50, product, totalAmount: 1000, unitPrice: 1000, quantity: 1 }],
    });
    await w.sends(...sent());
    await w.orders(order("Jazz"));
    await w.drain("in");
    const before = world.org.reads;
    await w.orders(order("Blues"));
    await w.contacts(...sent());
    await w.drain("in");
    expect(world.org.get("SecutixSale__c", "50")).toMatchObject({
      Name: expect.stringContaining("Blues") as string,
    });
    expect(world.org.reads).toBe(before);
  });

  it("while S-360 refuses work as a whole, a try costs one call", async () => {
    await w.sends(...sent());
    await w.begin();
    for (const number of numbers) world.org.set("Account", number, { FirstName: "Ada" });
    back.venue.outage = new FaultError({ code: "s360_sign_in", sentence: "Refused." });
    await w.turn();
    expect(back.venue.reads).toBe(1);
  });
});

describe("every kind of contact", () => {
  it("a structure's name goes back to its structure, a relay's to its person, with its connection kept", async () => {
    await w.sends(structure("7"), relay("8", "7"));
    await w.begin();
    world.org.set("Account", "7", { Name: "Étoile SA" });
    world.org.set("Contact", "8", { FirstName: "Rita" });
    await w.turn();
    expect(back.venue.get("7")?.["structureContact"]).toEqual({ officialName: "Étoile SA" });
    expect(back.venue.get("8")).toMatchObject({
      role: "RELAY",
      contactConnections: [{ contactNumber: "7" }],
      individualContact: { individualFirstName: "Rita" },
    });
  });
});

describe("between reading and storing", () => {
  it("a row that becomes visible minutes after its own time is caught by the overlap", async () => {
    await w.sends(...sent());
    await w.begin();
    world.org.nowMs += 10 * 60_000;
    await w.turn();
    const now = world.org.nowMs;
    world.org.nowMs = now - 3 * 60_000;
    world.org.set("Account", "1", { FirstName: "Late" });
    world.org.nowMs = now;
    await w.turn();
    expect(back.venue.get("1")?.["individualContact"]).toMatchObject({ individualFirstName: "Late" });
  });

  it("events and cursor are stored together or not at all", async () => {
    await w.sends(...sent());
    await w.begin();
    world.org.set("Account", "1", { FirstName: "Ada" });
    await w.rows(sql`
      create function refuse_cursor() returns trigger language plpgsql as $$ begin raise exception 'broken off'; end $$`);
    await w.rows(sql`create trigger refuse before update on cursor execute function refuse_cursor()`);
    const events = async () => (await w.rows(sql`select id from event where stream = 'contacts-out'`)).length;
    const before = await events();
    await expect(w.turn()).rejects.toThrow();
    expect(await events()).toBe(before);
    await w.rows(sql`drop trigger refuse on cursor`);
    await w.rows(sql`drop function refuse_cursor()`);
    await w.turn();
    expect(back.venue.get("1")?.["individualContact"]).toMatchObject({ individualFirstName: "Ada" });
  });
});
