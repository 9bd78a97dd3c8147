/** A Salesforce edit goes back (design §4): what is sent, what is not, and that it ends. */
import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { AUTOMATED } from "@/testing/fake-org";
import { backWorld, fullPerson } from "./test-back-world";

const w = backWorld();
const { world, back } = w;
const edit = (fields: Record<string, string | boolean | null>, by?: string) =>
  world.org.set("Account", "1", fields, by);

async function linked(more: object = {}): Promise<void> {
  await w.sends(fullPerson("1", more));
  await w.begin();
}

describe("an edit by a person", () => {
  it("reaches S-360 with one read and one save, and everything else of the contact stays as it was", async () => {
    await linked();
    const before = back.venue.get("1");
    edit({ FirstName: "Ada", PersonMailingCity: "Genève" });
    await w.turn();
    expect(back.venue.get("1")).toEqual({
      ...before,
      individualContact: { title: "MRS", individualFirstName: "Ada", individualLastName: "Frank" },
      addresses: [{ ...fullPerson("1").addresses[0], town: "Genève" }, fullPerson("1").addresses[1]],
    });
    expect({ reads: back.venue.reads, saves: back.venue.saves.length }).toEqual({ reads: 1, saves: 1 });
    expect((await w.outcomesOut()).at(-1)).toBe("synced");
  });

  it("costs one call a poll when nothing changed, and nothing is stored", async () => {
    await linked();
    await w.turn();
    const polls = world.org.polls;
    const events = (await w.outcomesOut()).length;
    for (let nth = 0; nth < 5; nth++) await w.turn();
    expect(world.org.polls - polls).toBe(5);
    expect((await w.outcomesOut()).length).toBe(events);
    expect(back.venue.reads + back.venue.saves.length).toBe(0);
  });

  it("is sent again when the old value returns: A by us, B by a person, A by a person", async () => {
    await linked();
    edit({ FirstName: "Ada" });
    await w.turn();
    await w.sends({ ...back.venue.get("1") });
    edit({ FirstName: "Edna" });
    await w.turn();
    expect(back.venue.get("1")?.["individualContact"]).toMatchObject({ individualFirstName: "Edna" });
    expect(back.venue.saves).toHaveLength(2);
  });

  it("is sent once, though S-360 tells it back and the poll reads it again", async () => {
    await linked();
    edit({ FirstName: "Ada" });
    await w.turn();
    await w.sends({ ...back.venue.get("1") });
    for (let nth = 0; nth < 3; nth++) await w.turn();
    expect(back.venue.saves).toHaveLength(1);
    expect(world.org.writes.flat()).toHaveLength(1);
  });

  it("clears in S-360 what was cleared in Salesforce", async () => {
    await linked();
    edit({ PersonMobilePhone: null });
    await w.turn();
    expect(back.venue.get("1")?.["communicationMeans"]).toEqual([
      { communicationMeanId: 71, email: "edna@mail.example", cellularPhone: null, phone: null },
    ]);
  });

  it("of a field that goes one way is not sent", async () => {
    await linked();
    edit({ PersonOtherCity: "Thun" });
    await w.turn();
    expect(back.venue.saves).toEqual([]);
  });

  it("of a title that S-360 does not know leaves S-360's, and does not come again", async () => {
    await linked();
    edit({ Salutation: "Dr." });
    await w.turn();
    edit({ FirstName: "Ada" });
    await w.turn();
    expect(back.venue.get("1")?.["individualContact"]).toEqual({
      title: "MRS",
      individualFirstName: "Ada",
      individualLastName: "Frank",
    });
    expect(world.org.get("Account", "1")).toMatchObject({ Salutation: "Dr." });
  });

  it("that is too long for S-360 is held with the place and both lengths, never cut", async () => {
    await linked();
    edit({ PersonMailingCity: "Llanfairpwllgwyngyllgogery" });
    await w.turn();
    expect(await w.stateOut("1")).toMatchObject({ state: "failed", code: "too_long" });
    expect((await w.stateOut("1"))?.["sentence"]).toContain(
      "addresses[0].town has 26 characters, S-360 takes 20",
    );
    expect(back.venue.saves).toEqual([]);
    edit({ PersonMailingCity: "Bern" });
    await w.turn();
    expect(await w.stateOut("1")).toMatchObject({ state: "idle" });
  });
});

describe("what nobody edited", () => {
  it("an echo of our own write is told as one and makes no call", async () => {
    await linked();
    await w.sends(
      fullPerson("1", {
        individualContact: { title: "MRS", individualFirstName: "Zoe", individualLastName: "Frank" },
      }),
    );
    await w.turn();
    expect((await w.outcomesOut()).at(-1)).toBe("echo");
    expect(back.venue.reads).toBe(0);
  });

  it("a flow that reformats what we wrote changes nothing: its form is Salesforce's half of the agreement", async () => {
    world.org.reformat = (stored) => ({ ...stored, PersonMobilePhone: "(079) 123 45 67" });
    await linked();
    for (let nth = 0; nth < 3; nth++) await w.turn();
    expect(back.venue.saves).toEqual([]);
    await w.sends(fullPerson("1", { function: "x" }));
    expect(world.org.writes.flat()).toHaveLength(1);
  });

  it("a flow that changes another field in our own transaction makes a change, which is sent", async () => {
    world.org.reformat = (stored) => ({ ...stored, PersonMailingPostalCode: "9999" });
    await w.sends(fullPerson("1", { addresses: [{ contactAddressId: 501, main: true, town: "Lausanne" }] }));
    await w.begin();
    world.org.reformat = (stored) => ({ ...stored, PersonMailingPostalCode: "1234" });
    await w.sends(fullPerson("1", { addresses: [{ contactAddressId: 501, main: true, town: "Lutry" }] }));
    await w.turn();
    expect(back.venue.get("1")?.["addresses"]).toEqual([
      { contactAddressId: 501, main: true, town: "Lutry", zipCode: "1234" },
    ]);
  });

  it("a value that comes back changed for the third time without a person is frozen into a review", async () => {
    await linked();
    const job = (name: string) => edit({ FirstName: name }, AUTOMATED);
    let round = 0;
    for (; round < 6 && (await w.stateOut("1"))?.["state"] !== "review"; round++) {
      await w.sends({
        ...back.venue.get("1"),
        individualContact: {
          title: "MRS",
          individualFirstName: `Venue ${round}`,
          individualLastName: "Frank",
        },
      });
      await w.turn();
      job(`Job ${round}`);
      await w.turn();
    }
    expect(await w.stateOut("1")).toMatchObject({ state: "review", code: "bounce" });
    expect(round).toBe(3);
    expect(back.venue.saves).toHaveLength(2);
    expect(await w.reviews()).toEqual([{ kind: "bounce", state: "open", key: "1" }]);
  });
});

describe("both sides edited the same field", () => {
  const elsewhere = (name: string) => ({
    ...fullPerson("1"),
    individualContact: { title: "MRS", individualFirstName: name, individualLastName: "Frank" },
  });

  it("S-360's value stays where S-360 owns it, and the record says who won", async () => {
    await linked();
    edit({ FirstName: "Ada" });
    await w.sends(elsewhere("Zoe"));
    await w.turn();
    expect(world.org.get("Account", "1")).toMatchObject({ FirstName: "Zoe" });
    expect(back.venue.saves).toEqual([]);
    const attempts = await w.rows(sql`select conflicts from attempt where conflicts is not null`);
    expect(attempts).toEqual([
      {
        conflicts: [{ field: "FirstName", before: "Edna", s360: "Zoe", salesforce: "Ada", winner: "s360" }],
      },
    ]);
  });

  it("Salesforce's value stays where Salesforce owns it, and S-360 gets it", async () => {
    w.depsWith({ conflictOwner: "salesforce" });
    await linked();
    edit({ FirstName: "Ada" });
    await w.sends(elsewhere("Zoe"));
    expect(world.org.get("Account", "1")).toMatchObject({ FirstName: "Ada" });
    await w.turn();
    expect(back.venue.get("1")?.["individualContact"]).toMatchObject({ individualFirstName: "Ada" });
    expect(world.org.get("Account", "1")).toMatchObject({ FirstName: "Ada" });
  });

  it("a hidden edit of another field survives our write", async () => {
    await linked();
    edit({ LastName: "Lovelace" });
    await w.sends(elsewhere("Zoe"));
    expect(world.org.get("Account", "1")).toMatchObject({ FirstName: "Zoe", LastName: "Lovelace" });
    await w.turn();
    expect(back.venue.get("1")?.["individualContact"]).toMatchObject({
      individualFirstName: "Zoe",
      individualLastName: "Lovelace",
    });
  });

  it("S-360's edit that has not been sent yet wins all the same where it owns the field", async () => {
    await linked();
    back.venue.put(elsewhere("Zoe"));
    edit({ FirstName: "Ada" });
    await w.turn();
    expect(world.org.get("Account", "1")).toMatchObject({ FirstName: "Zoe" });
    expect(back.venue.saves).toEqual([]);
  });

  it("the same edit on both sides is agreement, without any write", async () => {
    await linked();
    edit({ FirstName: "Ada" });
    await w.sends(elsewhere("Ada"));
    await w.turn();
    expect(back.venue.saves).toEqual([]);
    expect(world.org.writes.flat()).toHaveLength(1);
  });

  it("a call of S-360 that was made up before our save does not undo the edit", async () => {
    await linked();
    const stale = { ...back.venue.get("1") };
    edit({ FirstName: "Ada" });
    await w.turn();
    await w.contacts(stale);
    await w.drain("in");
    expect(world.org.get("Account", "1")).toMatchObject({ FirstName: "Ada" });
    await w.turn();
    expect(world.org.get("Account", "1")).toMatchObject({ FirstName: "Ada" });
    expect(back.venue.get("1")?.["individualContact"]).toMatchObject({ individualFirstName: "Ada" });
  });

  it("a person in S-360 who really goes back to the old value is heard", async () => {
    await linked();
    const old = { ...back.venue.get("1") };
    edit({ FirstName: "Ada" });
    await w.turn();
    await w.sends(old);
    await w.turn();
    expect(world.org.get("Account", "1")).toMatchObject({ FirstName: "Edna" });
    expect(back.venue.saves).toHaveLength(1);
  });
});
