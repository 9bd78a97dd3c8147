/** What must never happen on the way back: somebody else's contact changed, a list lost, an edit undone by a late word. */
import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { mostBounces } from "@/lib/core/agreement";
import { lineOf } from "@/lib/core/mapping/defaults/defaults-contacts";
import { FaultError } from "@/lib/core/faults";
import { claim } from "@/lib/sync/records";
import { syncBatch } from "@/lib/sync/sync-batch";
import { AUTOMATED } from "@/testing/fake-org";
import { backWorld, fullPerson } from "./test-back-world";

const w = backWorld();
const { world, back } = w;
const edit = (fields: Record<string, string | null>, by?: string) =>
  world.org.set("Account", "1", fields, by);
const inVenue = () => back.venue.get("1")?.["individualContact"];
const named = (name: string) => ({
  individualContact: { title: "MRS", individualFirstName: name, individualLastName: "Frank" },
});

async function linked(more: object = {}): Promise<void> {
  await w.sends(fullPerson("1", more));
  await w.begin();
}

describe("a contact that is not as we know it", () => {
  it("of which S-360 tells only some sections: those it does not tell are never written", async () => {
    w.depsWith({ selected: (section) => section !== "communicationMeans" });
    const { communicationMeans, ...told } = fullPerson("1");
    back.venue.put(fullPerson("1"));
    await w.contacts(told);
    await w.drain("in");
    await w.begin();
    edit({ PersonEmail: "crm@mail.example", FirstName: "Ada" });
    await w.turn();
    expect(back.venue.get("1")).toMatchObject({ ...named("Ada"), communicationMeans });
  });

  it.each([
    ["whose number was given to somebody else", { contactId: 999, ...named("Bob") }, "number_reused"],
    ["which is another kind by now", { role: "RELAY", contactConnections: [] }, "kind_changed"],
    ["which answers with another number", { contactNumber: "2" }, "merge_unclear"],
  ])("%s: nothing is written onto it", async (_what, now, code) => {
    await linked();
    back.venue.contacts.set("1", { ...fullPerson("1"), ...now });
    edit({ FirstName: "Ada" });
    await w.turn();
    expect(back.venue.saves).toEqual([]);
    expect(await w.stateOut("1")).toMatchObject({ state: "review", code });
  });

  it("is asked for by the number as S-360 spells it", async () => {
    await w.sends(fullPerson("AB1"));
    await w.begin();
    const asked: string[] = [];
    const read = back.venue.read.bind(back.venue);
    back.venue.read = (number, ...rest) => (asked.push(number), read(number, ...rest));
    world.org.set("Account", "AB1", { FirstName: "Ada" });
    await w.turn();
    expect(asked).toEqual(["AB1"]);
  });

  it("that keeps its own value although it took the call is told, not counted as synced", async () => {
    await linked();
    back.venue.reformat = (contact) => ({ ...contact, ...named("Edna") });
    edit({ FirstName: "Ada" });
    await w.turn();
    expect(await w.stateOut("1")).toMatchObject({ state: "failed", code: "s360_refused" });
  });
});

describe("words that come late", () => {
  const lost = () => new FaultError({ code: "answer_lost", sentence: "The answer was lost." });
  const again = () => w.rows(sql`update record_direction set due_at = now()`);

  it("a value that S-360 refused and a clerk types there later is the clerk's", async () => {
    await linked();
    back.venue.outage = new FaultError({ code: "s360_refused", sentence: "Refused." });
    const read = back.venue.read.bind(back.venue);
    back.venue.read = async (number) => {
      const { outage } = back.venue;
      back.venue.outage = null;
      const contact = await read(number);
      back.venue.outage = outage;
      return contact;
    };
    edit({ FirstName: "Ada" });
    await w.turn();
    back.venue.outage = null;
    edit({ FirstName: "Edna" });
    await w.turn();
    await w.sends(fullPerson("1", named("Ada")));
    await w.turn();
    expect(world.org.get("Account", "1")).toMatchObject({ FirstName: "Ada" });
  });

  it("a revert after a save whose answer was lost reaches S-360", async () => {
    await linked();
    edit({ FirstName: "Ada" });
    back.venue.loseAnswer = lost();
    await w.turn();
    edit({ FirstName: "Edna" });
    await again();
    await w.turn();
    await w.turn();
    expect(inVenue()).toMatchObject({ individualFirstName: "Edna" });
  });

  it("a payload of before our save, told again after others, does not undo the edit", async () => {
    await linked();
    const stale = { ...back.venue.get("1") };
    edit({ FirstName: "Ada" });
    await w.turn();
    await w.contacts({ contactNumber: "1", addresses: fullPerson("1").addresses });
    await w.drain("in");
    await w.contacts({ ...back.venue.get("1") });
    await w.drain("in");
    await w.contacts(stale);
    await w.drain("in");
    await w.turn();
    expect(world.org.get("Account", "1")).toMatchObject({ FirstName: "Ada" });
    expect(inVenue()).toMatchObject({ individualFirstName: "Ada" });
  });

  it("a worker that lost its lease sends nothing", async () => {
    await linked();
    edit({ FirstName: "Ada" });
    await w.turnFeedOnly();
    const batch = await claim(world.deps.db, world.connectionId, "out", 10);
    await w.rows(sql`update record set lease_token = gen_random_uuid()`);
    await syncBatch(world.deps, batch);
    expect(back.venue.saves).toEqual([]);
  });
});

describe("what nobody edited", () => {
  it("a job that rewrites a value between two calls of S-360 is frozen, though no poll ever saw it", async () => {
    await linked();
    for (let round = 0; round < 6; round++) {
      edit({ FirstName: `Job ${round}` }, AUTOMATED);
      await w.contacts({ ...back.venue.get("1"), ...named(`Venue ${round}`), function: `x${round}` });
      await w.drain("in");
      await w.drain("out");
    }
    w.depsWith({ conflictOwner: "salesforce" });
    for (let round = 6; round < 14; round++) {
      edit({ FirstName: `Job ${round}` }, AUTOMATED);
      back.venue.put({ ...back.venue.get("1"), ...named(`Venue ${round}`) });
      await w.contacts({ ...back.venue.get("1") });
      await w.drain("in");
      await w.drain("out");
    }
    expect(back.venue.saves.length).toBeLessThanOrEqual(mostBounces);
    expect(await w.stateOut("1")).toMatchObject({ state: "review", code: "bounce" });
  });

  it.each([
    ["a person", ["005ANN"]],
    ["people in turn", ["005ANN", "005BOB"]],
  ])("edits of %s that no poll saw are a person's still, and nothing is frozen", async (_who, people) => {
    await linked();
    w.depsWith({ conflictOwner: "salesforce" });
    for (const person of people) {
      edit({ FirstName: person }, person);
      await w.turn();
    }
    for (let round = 0; round < 2 * mostBounces; round++) {
      edit({ FirstName: `Ada ${round}` }, people[round % people.length]);
      back.venue.put({ ...back.venue.get("1"), ...named(`Venue ${round}`) });
      await w.contacts({ ...back.venue.get("1") });
      await w.drain("in");
      await w.drain("out");
    }
    expect(await w.stateOut("1")).toMatchObject({ state: "idle" });
    expect(inVenue()).toMatchObject({ individualFirstName: `Ada ${2 * mostBounces - 1}` });
  });

  it("a phone that a flow wrote in a form S-360 cannot hold does not keep a person's other edit", async () => {
    world.org.reformat = (stored) => ({ ...stored, PersonMobilePhone: "(079) 123 45 67" });
    await w.sends(fullPerson("1"));
    await w.begin();
    await w.sends(
      fullPerson("1", {
        communicationMeans: [{ communicationMeanId: 71, cellularPhone: "41 / 0797654321" }],
      }),
    );
    world.org.reformat = (stored) => stored;
    edit({ FirstName: "Ada" });
    await w.turn();
    expect(inVenue()).toMatchObject({ individualFirstName: "Ada" });
    expect(await w.stateOut("1")).toMatchObject({ state: "idle" });
  });
});

describe("an empty list that a line groups", () => {
  it("goes back to S-360 as empty as it came, with somebody's edit", async () => {
    const grouped = { target: "PersonOtherCity", expression: "$join($keys(indicators{code: value}), ',')" };
    const mappings = world.deps.published.mappings.map((mapping) => {
      if (mapping.kind !== "individual") return mapping;
      const others = mapping.document.lines.filter(({ target }) => target !== grouped.target);
      return { ...mapping, document: { ...mapping.document, lines: [...others, lineOf(grouped)] } };
    });
    world.deps = { ...world.deps, published: { ...world.deps.published, mappings } };
    await linked({ indicators: [] });
    edit({ FirstName: "Ada" });
    await w.turn();
    expect(back.venue.saves.at(-1)).toMatchObject({ ...named("Ada"), indicators: [] });
    expect(back.venue.get("1")).toMatchObject({ ...named("Ada"), indicators: [] });
  });
});

describe("rules", () => {
  const rule = (update: "ignore" | "tell" | "review") => w.ruled({ update });

  it("a question to S-360 is asked although edits are ignored: a real return to the old value is heard", async () => {
    await linked();
    const old = { ...back.venue.get("1") };
    edit({ FirstName: "Ada" });
    await w.turn();
    rule("ignore");
    await w.sends(old);
    await w.turn();
    expect(world.org.get("Account", "1")).toMatchObject({ FirstName: "Edna" });
  });

  it("tell: one edit is told once, whatever S-360 sends afterwards", async () => {
    rule("tell");
    await linked();
    edit({ FirstName: "Ada" });
    await w.turn();
    await w.rows(sql`update review set state = 'closed'`);
    for (const town of ["Bern", "Thun"]) {
      await w.sends(fullPerson("1", { addresses: [{ contactAddressId: 501, main: true, town }] }));
      await w.turn();
    }
    expect(await w.reviews()).toHaveLength(1);
  });

  it("a review that waits keeps its reason, whatever S-360 sends meanwhile", async () => {
    await linked();
    const stale = { ...back.venue.get("1") };
    edit({ FirstName: "Ada" });
    await w.turn();
    rule("review");
    edit({ FirstName: "Eve" });
    await w.turn();
    await w.contacts(stale);
    await w.drain("in");
    await w.turn();
    expect(await w.stateOut("1")).toMatchObject({ state: "review", code: "by_rule" });
  });

  it("kind changed: both directions go on when S-360 corrects it", async () => {
    await linked();
    await w.sends({ ...fullPerson("1"), role: "RELAY", contactConnections: [{ contactNumber: "9" }] });
    edit({ FirstName: "Ada" });
    await w.turn();
    expect(await w.stateOut("1")).toMatchObject({ state: "review", code: "kind_changed" });
    await w.sends(fullPerson("1"));
    await w.turn();
    expect(inVenue()).toMatchObject({ individualFirstName: "Ada" });
    expect((await w.reviews()).every(({ state }) => state === "closed")).toBe(true);
  });
});
