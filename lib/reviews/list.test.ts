import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import type { ReviewKind } from "@/lib/core/reviews";
import { gateUse } from "@/lib/platform/gate-use";
import { reviewDetail } from "./detail";
import { countOpen, listReviews } from "./list";
import { grantPace, readPace } from "./pace";
import { reviewWorld } from "./test-review-world";
import { testSettings } from "@/testing/connection";

const w = reviewWorld();
const { world } = w;

const list = (which: "open" | "decided", more: { cursor?: string; limit?: number; kind?: ReviewKind } = {}) =>
  listReviews(world.deps.db, { connectionId: world.connectionId, list: which, limit: 50, ...more });
const detail = async () => reviewDetail(world.deps.db, Number((await w.review())["id"]), new Date());

describe("the list", () => {
  beforeEach(async () => {
    w.ruled({ update: "review" });
    await w.linked("1", "2", "3");
    for (const key of ["1", "2", "3"]) {
      world.org.set("Account", key, { FirstName: "Ada" });
      await w.turn();
    }
  });

  it("tells what waits, the latest first, with the record it is about", async () => {
    const { rows, next } = await list("open");
    expect(next).toBeNull();
    expect(rows.map(({ record }) => record?.key)).toEqual(["3", "2", "1"]);
    expect(rows[0]).toMatchObject({
      kind: "rule",
      state: "open",
      record: { kind: "individual", label: "Edna Frank", state: "review" },
      choice: null,
      paused: false,
      records: null,
    });
    expect(await countOpen(world.deps.db, world.connectionId)).toBe(3);
  });

  it("is read page by page", async () => {
    const first = await list("open", { limit: 2 });
    expect(first.rows).toHaveLength(2);
    const second = await list("open", { limit: 2, cursor: first.next ?? "" });
    expect(second.rows.map(({ record }) => record?.key)).toEqual(["1"]);
    expect(second.next).toBeNull();
  });

  it("can be narrowed to a kind", async () => {
    expect((await list("open", { kind: "rule" })).rows).toHaveLength(3);
    expect((await list("open", { kind: "told" })).rows).toEqual([]);
  });

  it("keeps who decided what, apart from what waits", async () => {
    await w.decide("keep");
    expect((await list("open")).rows).toHaveLength(2);
    expect((await list("decided")).rows).toMatchObject([
      { choice: "keep", decidedBy: "ada@venue.example", record: { key: "3" } },
    ]);
    expect(await countOpen(world.deps.db, world.connectionId)).toBe(2);
  });

  it("is of one connection", async () => {
    expect((await listReviews(world.deps.db, { connectionId: -1, list: "open", limit: 50 })).rows).toEqual(
      [],
    );
  });
});

describe("the detail", () => {
  it("shows both sides' values of the fields it is about, and who changed them", async () => {
    w.ruled({ update: "review" });
    await w.linked("1");
    await w.rows(sql`
      insert into org_object (connection_id, object, describe)
      values (${world.connectionId}, 'Account', '{"name": "Account", "label": "Account", "fields": [{"name": "FirstName", "label": "First Name"}]}')`);
    world.org.set("Account", "1", { FirstName: "Ada" });
    await w.turn();
    expect(await detail()).toMatchObject({
      fields: [{ field: "FirstName", label: "First Name", s360: "Edna", salesforce: "Ada" }],
      changedBy: "User 005PERSON",
      salesforce: [{ role: "linked", object: "Account", id: w.idIn("1") }],
      mass: null,
    });
    await w.decide("send");
    expect((await detail())?.fields).toEqual([]);
  });

  it("names both records of a clone, with their pages", async () => {
    await w.linked("1");
    const copy = world.org.insert("Account", { LastName: "Frank" }, "1");
    await w.turn();
    expect((await detail())?.salesforce).toEqual([
      {
        role: "copy",
        object: "Account",
        id: copy,
        url: `http://127.0.0.1:1/lightning/r/Account/${copy}/view`,
      },
      expect.objectContaining({ role: "original", id: w.idIn("1") }),
    ]);
  });

  it("shows both values of what someone was told, where they differ", async () => {
    w.ruled({ update: "tell" });
    await w.linked("1");
    for (const describe of (await world.org.describe(["Account"])).objects.values()) {
      await w.rows(sql`
        insert into org_object (connection_id, object, describe)
        values (${world.connectionId}, ${describe.name}, ${JSON.stringify(describe)}::jsonb)
        on conflict do nothing`);
    }
    world.org.set("Account", "1", { FirstName: "Ada" });
    await w.turn();
    expect(await detail()).toMatchObject({
      kind: "told",
      direction: "out",
      fields: [{ field: "FirstName", s360: "Edna", salesforce: "Ada" }],
    });
  });

  it("is not there for an id that is not there", async () => {
    expect(await reviewDetail(world.deps.db, 987654321, new Date())).toBeNull();
  });
});

describe("a higher rate that SecuTix has granted", () => {
  const now = new Date("2026-03-01T12:00:00Z");
  const until = new Date("2026-03-05T22:00:00Z");
  const grant = (boost: { perMinute: number; until: Date } | null, institution = "myvenue") =>
    grantPace(world.deps.db, { institution, boost, actor: "ada@venue.example", now });
  const pace = () => readPace(world.deps.db, { id: world.connectionId, settings: testSettings }, now);

  it("holds until its last day, is noted, and can be taken back", async () => {
    await w.rows(sql`truncate audit_log`);
    expect(await grant({ perMinute: 1_000, until })).toEqual({ outcome: "changed" });
    expect(await pace()).toEqual({ usual: 90, boost: { perMinute: 1_000, until: until.toISOString() } });
    const use = await gateUse(world.deps.db, world.connectionId, "s360", { perMinute: 90 }, now);
    expect(use.perMinute).toBe(1_000);
    expect(await w.audit()).toMatchObject([
      { actor: "ada@venue.example", action: "S-360 call rate changed" },
    ]);
    await grant(null);
    expect(await pace()).toEqual({ usual: 90, boost: null });
  });

  it("is refused when it is over already, or no higher than the usual one", async () => {
    expect(await grant({ perMinute: 1_000, until: now })).toMatchObject({ outcome: "refused" });
    expect(await grant({ perMinute: 90, until })).toMatchObject({ outcome: "refused" });
    expect(await grant(null, "nowhere")).toEqual({ outcome: "missing" });
    expect(await pace()).toMatchObject({ boost: null });
  });
});
