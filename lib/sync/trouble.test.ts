import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { FaultError } from "@/lib/core/faults";
import { syncBatch } from "./sync-batch";
import { CONNECTOR } from "@/testing/fake-org";
import { person, relay, structure, syncWorld } from "./test-world";

const { world, rows, contacts, states, take, drain } = syncWorld();

const otto = { individualContact: { individualFirstName: "Otto", individualLastName: "Moser" } };

describe("trouble on the way", () => {
  const wide = () => new FaultError({ code: "org_unavailable", sentence: "Salesforce is down." });

  it("holds the connection, not the records, while the org is down", async () => {
    world.org.outage = wide();
    await contacts(person("1"));
    await drain();
    expect(await states()).toEqual([{ key: "1", state: "pending", code: null }]);
    const [held] = await rows(
      sql`select system, until > now() as held, fault->>'code' as code, times from block`,
    );
    expect(held).toEqual({ system: "salesforce", held: true, code: "org_unavailable", times: 1 });
    world.org.outage = null;
    await rows(sql`update block set until = now()`);
    await drain();
    expect(world.org.get("Account", "1")).toBeDefined();
    expect(await rows(sql`select system from block`)).toEqual([]);
  });

  it("writes nothing twice when the answer was lost after the write", async () => {
    world.org.loseAnswer = wide();
    await contacts(person("1"), structure("2"), relay("3", "2"));
    await drain();
    await rows(sql`update block set until = now()`);
    await drain();
    expect(world.org.rows.map((row) => row.key).sort()).toEqual(["1", "2", "3"]);
    expect((await states()).every((row) => row["state"] === "idle")).toBe(true);
    expect(world.org.writes).toHaveLength(1);
  });

  it("tries a transient refusal again later, and not before", async () => {
    world.org.refuse = () => ({ code: "row_locked", sentence: "Locked." });
    await contacts(person("1"));
    await drain();
    const [row] = await rows(sql`select state, attempts, due_at > now() as later from record_direction`);
    expect(row).toEqual({ state: "retrying", attempts: 1, later: true });
  });

  describe("whose own Sync ID is taken, as the org was still at work on a call that was given up,", () => {
    const taken = (field: string) => ({ code: "duplicate_value" as const, sentence: "It is taken.", field });
    const again = async () => {
      await rows(sql`update record_direction set due_at = now()`);
      await drain();
    };

    it("is looked for again, and found", async () => {
      world.org.refuse = () => taken("SyncId__c");
      await contacts(person("1"));
      await drain();
      expect(await states()).toEqual([{ key: "1", state: "retrying", code: "org_busy" }]);
      world.org.refuse = () => null;
      const id = world.org.insert("Account", { FirstName: "Edna", LastName: "Frank" }, "1", CONNECTOR);
      await again();
      expect(await rows(sql`select salesforce_id as id from link`)).toEqual([{ id }]);
      expect(await states()).toEqual([{ key: "1", state: "idle", code: null }]);
    });

    it("is for a person when it is not found, and at once where another field is taken", async () => {
      world.org.refuse = ({ key }) => taken(key === "1" ? "SyncId__c" : "PersonEmail");
      await contacts(person("1"), person("2"));
      await drain();
      expect((await states()).map(({ state }) => state)).toEqual(["retrying", "failed"]);
      for (let turn = 0; turn < 5; turn++) await again();
      expect((await states()).map(({ state, code }) => [state, code])).toEqual([
        ["failed", "duplicate_value"],
        ["failed", "duplicate_value"],
      ]);
    });
  });

  it("tries again by itself what the org may cure, such as a field it lacks", async () => {
    world.org.hideField("Account", "Salutation");
    await contacts(person("1"));
    await drain();
    expect(await states()).toEqual([{ key: "1", state: "retrying", code: "field_missing" }]);
  });

  it("leaves to the next worker what it lost the lease for", async () => {
    await contacts(person("1"));
    const slow = await take(10);
    await rows(sql`update record set lease_until = now() - interval '1 second'`);
    const fast = await take(10);
    await syncBatch(world.deps, fast);
    await syncBatch(world.deps, slow);
    expect(world.org.rows).toHaveLength(1);
    expect(await states()).toEqual([{ key: "1", state: "idle", code: null }]);
  });

  it("keeps an event that came while the record was being written", async () => {
    await contacts(person("1"));
    const batch = await take(10);
    await contacts(person("1", { function: "later" }));
    await syncBatch(world.deps, batch);
    const [row] = await rows(sql`select state, version, synced_version from record_direction`);
    expect(row).toEqual({ state: "pending", version: 2, synced_version: 1 });
  });
});

describe("one bad record", () => {
  it("that refers to an impossible number fails alone", async () => {
    await contacts(relay("3", "x".repeat(9_000)), relay("4", "4"), person("1"));
    await drain();
    expect(await states()).toEqual([
      { key: "1", state: "idle", code: null },
      { key: "3", state: "failed", code: "invalid_value" },
      { key: "4", state: "failed", code: "invalid_value" },
    ]);
  });

  it("whose settling the database refuses is told as broken, and the others are settled", async () => {
    await rows(sql`alter table link add constraint no_seven check (key <> '7')`);
    await contacts(...Array.from({ length: 10 }, (_, i) => person(String(i))));
    await drain();
    await rows(sql`alter table link drop constraint no_seven`);
    expect(
      await rows(sql`select state, count(*)::int as n from record_direction group by state order by state`),
    ).toEqual([
      { state: "idle", n: 9 },
      { state: "retrying", n: 1 },
    ]);
    expect((await states())[7]).toEqual({ key: "7", state: "retrying", code: "internal" });
  });

  it("that gets the key of another one goes to a person, and the first is left as it was written", async () => {
    const { published } = world.deps;
    const firstDigit = published.mappings.map((mapping) => {
      const lines = mapping.document.lines.map((line) =>
        line.target === "[p]SyncId__c" ? { ...line, expression: "$substring(contactNumber, 0, 1)" } : line,
      );
      return { ...mapping, document: { ...mapping.document, lines } };
    });
    world.deps = { ...world.deps, published: { ...published, mappings: firstDigit } };
    await contacts(person("10"), person("11", otto), person("12", otto));
    await drain();
    await contacts(person("13", otto));
    await drain();
    expect(await states()).toEqual([
      { key: "10", state: "idle", code: null },
      ...["11", "12", "13"].map((key) => ({ key, state: "review", code: "shared_record" })),
    ]);
    expect(world.org.rows).toMatchObject([{ key: "1", fields: { FirstName: "Edna" } }]);
    const told = await rows(
      sql`select distinct fault->>'sentence' as sentence from record_direction where state = 'review'`,
    );
    expect(told).toEqual([
      {
        sentence: expect.stringMatching(
          /^The mapping gives it the key 1, and contact 10 has that key too/,
        ) as string,
      },
    ]);
  });

  it("that carries the Sync ID of somebody else's Salesforce record goes to a person, unwritten", async () => {
    await contacts(person("1"));
    await drain();
    world.org.rename("Account", "1", "2");
    await contacts(person("2", otto));
    await drain();
    expect((await states())[1]).toEqual({ key: "2", state: "review", code: "shared_record" });
    expect(world.org.get("Account", "2")).toMatchObject({ LastName: "Frank" });
  });

  it("is one record in every spelling that Salesforce takes for the same", async () => {
    await contacts(person("abc1"), person("ABC1"), structure("st2"), relay("3", "ST2"));
    await drain();
    expect(world.org.rows.map((row) => row.object).sort()).toEqual(["Account", "Account", "Contact"]);
    expect((await states()).every((row) => row["state"] === "idle")).toBe(true);
  });
});

describe("publishing in the middle of a batch", () => {
  it("tries a record again that failed by the version that was replaced", async () => {
    await contacts({
      contactNumber: "1",
      type: "INDIVIDUAL",
      individualContact: { individualFirstName: "Edna" },
    });
    const batch = await take(10);
    await rows(sql`update mapping set published_version_id = 0 where name = 'individual'`);
    await syncBatch(world.deps, batch);
    expect(await states()).toMatchObject([{ key: "1", state: "pending" }]);
  });
});

describe("what only a person can settle", () => {
  it("stops a relay that became an individual after it was linked", async () => {
    await contacts(structure("2"), relay("3", "2"));
    await drain();
    await contacts(person("3"));
    await drain();
    expect((await states())[1]).toEqual({ key: "3", state: "review", code: "kind_changed" });
  });

  it("notices a number that was given to another contact while the first was being written", async () => {
    await contacts(person("1", { contactId: 100 }));
    const batch = await take(10);
    await contacts(person("1", { contactId: 200 }));
    await syncBatch(world.deps, batch);
    await drain();
    expect(await states()).toEqual([{ key: "1", state: "review", code: "number_reused" }]);
  });

  it("stops a number that now stands for another contact", async () => {
    await contacts(person("1", { contactId: 100 }));
    await drain();
    await contacts(person("1", { contactId: 200 }));
    await drain();
    expect(await states()).toEqual([{ key: "1", state: "review", code: "number_reused" }]);
  });
});

describe("claiming", () => {
  it("gives each record to one worker only", async () => {
    await contacts(...Array.from({ length: 100 }, (_, i) => person(String(i))));
    const batches = await Promise.all(Array.from({ length: 5 }, () => take(40)));
    const ids = batches.flatMap((batch) => batch.records.map((record) => record.id));
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThanOrEqual(40);
  });

  it("lets a busy lane pass first without starving the others", async () => {
    await contacts(...Array.from({ length: 40 }, (_, i) => person(String(i))));
    await rows(
      sql`update record_direction set lane = 3 where record_id in (select id from record order by id limit 20)`,
    );
    const batch = await take(18);
    const lanes = await rows(sql`
      select lane, count(*)::int as n from record_direction d join record r on r.id = d.record_id
      where r.lease_token is not null group by lane order by lane`);
    expect(batch.records).toHaveLength(18);
    expect(lanes).toEqual([
      { lane: 1, n: 16 },
      { lane: 3, n: 2 },
    ]);
  });

  it("gives nothing of a paused stream", async () => {
    await contacts(person("1"));
    await rows(sql`update stream set paused_at = now() where name = 'contacts-in'`);
    expect((await take(10)).records).toEqual([]);
  });
});
