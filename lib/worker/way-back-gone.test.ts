/** Records that were deleted in Salesforce: asked, told or marked, once. */
import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { decide } from "@/lib/reviews/decide";
import { claim } from "@/lib/sync/records";
import { syncBatch } from "@/lib/sync/sync-batch";
import { backWorld, fullPerson, type OutRule } from "./test-back-world";

const w = backWorld();
const { world, back } = w;

const ruled = (rule: Partial<OutRule>) => w.ruled(rule);

async function linked(...numbers: string[]): Promise<void> {
  await w.sends(...numbers.map((number) => fullPerson(number, { contactId: Number(number) })));
  await w.begin();
}

describe("deleted in Salesforce", () => {
  it("waits for a person by default, and is taken up again when it is restored", async () => {
    await linked("1");
    world.org.delete("Account", "1");
    await w.turn();
    expect(await w.stateOut("1")).toMatchObject({ state: "review", code: "deleted_in_salesforce" });
    expect(await w.reviews()).toEqual([{ kind: "deleted_in_salesforce", state: "open", key: "1" }]);
  });

  it("is marked in S-360 where the rule says so", async () => {
    ruled({ delete: "mark" });
    await linked("1");
    world.org.delete("Account", "1");
    await w.turn();
    expect(back.venue.get("1")?.["contactCriteria"]).toEqual([{ code: "CRM_DELETED", value: "true" }]);
    await w.turn();
    expect(back.venue.saves).toHaveLength(1);
  });

  it("is marked for many within S-360's limits: a few at a time, live edits between them", async () => {
    ruled({ delete: "mark" });
    const numbers = Array.from({ length: 30 }, (_, i) => String(i + 1));
    await linked(...numbers, "99");
    for (const number of numbers) world.org.delete("Account", number);
    await w.turnFeedOnly();
    const batch = await claim(world.deps.db, world.connectionId, "out", 1_000);
    await syncBatch(world.deps, batch);
    expect(back.venue.saves).toHaveLength(10);
    await w.turn();
    expect(back.venue.saves).toHaveLength(30);
  });

  it("is only told where the rule says so, and what S-360 sends later is not written to it", async () => {
    ruled({ delete: "tell" });
    await linked("1");
    world.org.delete("Account", "1");
    await w.turn();
    expect(await w.reviews()).toEqual([{ kind: "told", state: "open", key: "1" }]);
    const writes = world.org.writes.length;
    await w.sends(fullPerson("1", { contactId: 1, individualContact: { individualLastName: "Later" } }));
    expect(world.org.writes.length).toBe(writes);
  });

  it("says so when the delete log does not reach back far enough", async () => {
    await linked("1");
    world.org.deletionsSince = new Date(world.org.nowMs + 60 * 60_000).toISOString();
    world.org.nowMs += 20 * 24 * 60 * 60_000;
    await w.turn();
    expect(await w.reviews()).toEqual(Array(2).fill({ kind: "consistency_check", state: "open", key: null }));
    await w.turn();
    expect(await w.reviews()).toHaveLength(2);
  });
});

describe("a contact that is two records in Salesforce", () => {
  const edit = async (FirstName: string) => {
    world.org.set("Contact", "1", { FirstName });
    await w.turn();
  };

  async function oneDeleted(rule: OutRule["delete"]): Promise<void> {
    await w.publishDefaults({ kind: "household" });
    await linked("1");
    ruled({ delete: rule });
    world.org.delete("Account", "H-1");
    await w.turn();
  }

  it("goes on with the one that lives when the other was deleted", async () => {
    await oneDeleted("tell");
    await edit("Ada");
    expect(back.venue.get("1")?.["individualContact"]).toMatchObject({ individualFirstName: "Ada" });
    expect(await w.reviews()).toEqual([{ kind: "told", state: "open", key: "1" }]);
  });

  it("tell: the deletion is told once, whatever is edited afterwards", async () => {
    await oneDeleted("tell");
    await w.rows(sql`update review set state = 'closed'`);
    await edit("Ada");
    await edit("Eve");
    expect(await w.reviews()).toHaveLength(1);
  });

  it("mark: it is marked once, and a mark that somebody takes away again stays away", async () => {
    await oneDeleted("mark");
    back.venue.put({ ...back.venue.get("1"), contactCriteria: [] });
    await edit("Ada");
    expect(back.venue.get("1")?.["contactCriteria"]).toEqual([]);
    expect(back.venue.saves).toHaveLength(2);
  });

  it("review: what a person has decided is not asked again", async () => {
    await oneDeleted("review");
    const [review] = await w.rows(sql`select id from review`);
    await decide(world.deps.db, { reviewId: Number(review?.["id"]), choice: "keep", actor: "admin" });
    await edit("Ada");
    expect(await w.stateOut("1")).toMatchObject({ state: "idle" });
    expect(await w.reviews()).toEqual([{ kind: "deleted_in_salesforce", state: "closed", key: "1" }]);
  });

  it("both deleted: one decision settles both, and one mark is made", async () => {
    await w.publishDefaults({ kind: "household" });
    await linked("1");
    for (const [object, key] of [["Contact", "1"] as const, ["Account", "H-1"] as const])
      world.org.delete(object, key);
    await w.turn();
    const [review] = await w.rows(sql`select id from review`);
    await decide(world.deps.db, { reviewId: Number(review?.["id"]), choice: "relink", actor: "admin" });
    await w.turn();
    expect(world.org.get("Contact", "1")).toMatchObject({ LastName: "Frank" });
    expect(world.org.get("Account", "H-1")).toBeTruthy();
    expect((await w.reviews()).map(({ state }) => state)).toEqual(["closed"]);
    ruled({ delete: "mark" });
    for (const [object, key] of [["Contact", "1"] as const, ["Account", "H-1"] as const])
      world.org.delete(object, key);
    await w.turn();
    expect({ reads: back.venue.reads, saves: back.venue.saves.length }).toEqual({ reads: 1, saves: 1 });
  });

  it("what is told of a deletion stays told when an edit is told as well, and each is mailed", async () => {
    await oneDeleted("tell");
    await w.rows(sql`update review set mailed_at = now()`);
    ruled({ update: "tell" });
    await edit("Ada");
    world.org.set("Contact", "1", { LastName: "Lovelace" });
    await w.turn();
    expect(
      await w.rows(sql`select subject->>'happened' as happened, sentence, mailed_at from review order by id`),
    ).toMatchObject([
      { happened: "deleted" },
      {
        happened: "changed",
        sentence: expect.stringMatching(/^FirstName changed.*LastName changed/),
        mailed_at: null,
      },
    ]);
  });

  it("is told of a second deletion, once it was restored in between", async () => {
    await oneDeleted("tell");
    await w.rows(sql`update review set state = 'closed'`);
    await w.rows(sql`update link set gone_at = gone_at - interval '1 minute' where gone_at is not null`);
    await w.turn();
    expect((await w.reviews()).map(({ state }) => state)).toEqual(["closed", "open"]);
  });
});
