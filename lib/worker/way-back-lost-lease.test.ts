/** On the way to S-360: a worker that was stopped while its call waited at the gate, for longer than its lease lasts. */
import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { FaultError } from "@/lib/core/faults";
import { claim } from "@/lib/sync/records";
import { syncBatch } from "@/lib/sync/sync-batch";
import { backWorld, fullPerson } from "./test-back-world";

const { world, rows, back, sends, begin, turnFeedOnly, ruled, stateOut } = backWorld();

const out = () => claim(world.deps.db, world.connectionId, "out", 10);
const runOut = () => rows(sql`update record set lease_until = now() - interval '1 second'`);

/** What happens while the next save waits for its turn. */
function meanwhile(happens: () => Promise<unknown>): void {
  back.venue.beforeSave = async () => {
    back.venue.beforeSave = async () => undefined;
    await happens();
  };
}

describe("an edit", () => {
  it("is not saved over what another worker saved since", async () => {
    await sends(fullPerson("1"));
    await begin();
    world.org.set("Account", "1", { FirstName: "Older" });
    await turnFeedOnly();
    const slow = await out();
    meanwhile(async () => {
      await runOut();
      const fast = await out();
      await syncBatch(world.deps, fast);
    });
    await syncBatch(world.deps, slow);
    expect(back.venue.saves).toHaveLength(1);
    expect(await rows(sql`select outcome from attempt where direction = 'out'`)).toEqual([
      { outcome: "updated" },
    ]);
    expect(await stateOut("1")).toMatchObject({ state: "idle" });
  });

  it("is saved where nobody has taken the record, which is held meanwhile", async () => {
    await sends(fullPerson("1"));
    await begin();
    world.org.set("Account", "1", { FirstName: "Nora" });
    await turnFeedOnly();
    const batch = await out();
    let heldFor: unknown;
    meanwhile(async () => {
      await runOut();
      back.venue.reformat = (contact) => {
        heldFor = rows(
          sql`select lease_until > now() + interval '40 seconds' as long from record where key = '1'`,
        );
        return contact;
      };
    });
    await syncBatch(world.deps, batch);
    expect(back.venue.saves).toHaveLength(1);
    expect(await heldFor).toEqual([{ long: true }]);
  });
});

describe("a contact that is to be created", () => {
  async function madeInSalesforce(): Promise<void> {
    await begin();
    ruled({ create: "do" });
    world.org.insert("Account", {
      FirstName: "Nora",
      LastName: "Nieuwenhuis",
      PersonEmail: "n@mail.example",
    });
    await turnFeedOnly();
  }

  it("is created once, by the worker that has it", async () => {
    await madeInSalesforce();
    const slow = await out();
    meanwhile(async () => {
      await runOut();
      await syncBatch(world.deps, await out());
    });
    await syncBatch(world.deps, slow);
    expect(back.venue.saves).toHaveLength(1);
    expect(
      await rows(
        sql`select key, state from record r join record_direction d on d.record_id = r.id where direction = 'out'`,
      ),
    ).toMatchObject([{ key: "n1", state: "idle" }]);
  });

  it("is not taken for one that S-360 may have, while it was never asked", async () => {
    await madeInSalesforce();
    const slow = await out();
    meanwhile(async () => {
      expect(await rows(sql`select from creation where sent_at is not null`)).toEqual([]);
      throw new FaultError({ code: "s360_limit", sentence: "Too many calls." });
    });
    await syncBatch(world.deps, slow);
    expect(await rows(sql`select from creation where sent_at is not null`)).toEqual([]);
  });

  it("stays noted by the worker that asks now, whatever the first one hears", async () => {
    await madeInSalesforce();
    const slow = await out();
    back.venue.reformat = () => {
      throw new FaultError({ code: "s360_refused", sentence: "No." });
    };
    const { save } = back.venue;
    back.venue.save = async (kind, contact, sections, before) => {
      try {
        return await save.call(back.venue, kind, contact, sections, before);
      } finally {
        await rows(sql`update record set lease_token = gen_random_uuid() where lease_token is not null`);
      }
    };
    await syncBatch(world.deps, slow);
    expect(await rows(sql`select from creation where sent_at is not null`)).toHaveLength(1);
  });
});
