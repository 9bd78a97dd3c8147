/** A record that a duplicate rule of the org named, and that a person said a contact is. */
import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { namedWaiver } from "@/lib/core/matching/choice";
import { person, syncWorld } from "./test-world";

const { world, rows, contacts, states, drain } = syncWorld();

const edna = { FirstName: "Eddie", LastName: "Franc" };

/** What the matching rules would never take for the contact. */
const inOrg = (fields: object = edna) => world.org.insert("Account", { ...fields });

const accounts = () => world.org.rows.map(({ id, key }) => ({ id, key }));
const links = () => rows(sql`select salesforce_id as id, key from link order by id`);
const waived = () => rows(sql`select waived from record_direction where waived <> '{}'`);

/** What a decision leaves behind (lib/reviews/actions.ts). */
async function chosen(id: string, ...keys: string[]): Promise<void> {
  const mappingId = world.deps.published.mappings.find(({ name }) => name === "individual")?.mappingId ?? 0;
  await contacts(...keys.map((key) => person(key)));
  await rows(sql`update record_direction set waived = array[${namedWaiver(mappingId, id)}]`);
}

const sentences = async () =>
  (await rows(sql`select kind, sentence from review order by id`)).map(
    ({ kind, sentence }) => `${String(kind)}: ${String(sentence)}`,
  );

describe("a contact of which a person said which Salesforce record it is", () => {
  it("becomes that one, whatever the matching rules say, for one question", async () => {
    const id = inOrg();
    inOrg();
    await chosen(id, "1");
    await drain();
    expect(accounts()[0]).toEqual({ id, key: "1" });
    expect(await links()).toEqual([{ id, key: "1" }]);
    expect([world.org.finds, world.org.writes.length]).toEqual([1, 1]);
    expect(await waived()).toEqual([]);
  });

  it("is linked once when the answer was lost", async () => {
    const id = inOrg({ ...edna, PersonMobilePhone: "+41791112233" });
    await chosen(id, "1");
    world.org.loseAnswer = new Error("the worker died");
    await drain();
    await rows(sql`update record_direction set due_at = now()`);
    await drain();
    expect(await links()).toEqual([{ id, key: "1" }]);
    expect(world.org.get("Account", "1")).toMatchObject({ PersonMobilePhone: "+41791112233" });
  });

  it("does not share it with another of whom the same was said", async () => {
    const id = inOrg();
    await chosen(id, "1", "2");
    await drain();
    expect(accounts()).toEqual([{ id, key: "1" }]);
    expect(await states()).toMatchObject([{ state: "idle" }, { state: "review", code: "several_matches" }]);
    expect(await sentences()).toEqual([
      expect.stringContaining(`${id} that was chosen cannot be this contact: it belongs to another contact.`),
    ]);
  });

  it("gives way to a worker that takes it for another contact at the same moment", async () => {
    const id = inOrg();
    await contacts(person("9"));
    await rows(sql`
      insert into adoption (connection_id, target, record_id, mapping_id, filled)
      select ${world.connectionId}, ${id}, r.id, m.id, '{}' from record r, mapping m where m.name = 'individual'`);
    await rows(sql`update record_direction set state = 'idle', synced_version = version`);
    await chosen(id, "1");
    await drain();
    expect(await states()).toMatchObject([{ key: "1", state: "retrying", code: "org_busy" }, { key: "9" }]);
    expect(accounts()).toEqual([{ id, key: null }]);
    expect(await waived()).not.toEqual([]);
  });

  it.each([
    ["carries another Sync ID", () => world.org.insert("Account", edna, "77"), "it carries the Sync ID 77"],
    ["is a company", () => inOrg({ Name: "Franc & Co" }), "one of the two is a person"],
    ["is gone", () => "id-gone", "Salesforce does not find it any more"],
  ])("waits for a person again where it %s", async (_, insert, why) => {
    await chosen(insert(), "1");
    const before = accounts();
    await drain();
    expect(accounts()).toEqual(before);
    expect(await states()).toEqual([{ key: "1", state: "review", code: "several_matches" }]);
    expect(await sentences()).toEqual([expect.stringContaining(why)]);
    expect(await waived()).toEqual([]);
  });
});
