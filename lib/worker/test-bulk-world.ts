/** Large backlogs against a simulated org over HTTP: steps of Bulk jobs, one at a time, and workers that die in them. */
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import pino from "pino";
import { afterEach, beforeEach, vi } from "vitest";
import type { BulkLoads } from "@/lib/core/bulk";
import { claimJobs } from "@/lib/sync/bulk/jobs";
import { advanceBulkJob } from "./bulk-jobs";
import { orgWorld, person } from "./test-org-world";
import type { OpenDeps } from "./open-deps";

const log = pino({ level: "silent" });

type Step = Exclude<keyof BulkLoads, "file">;

/** Records of more than `from` go through jobs. */
export function bulkWorld({ from = 2 } = {}) {
  const org = orgWorld({ bulk: { shortestMs: 20 } });
  const { database, rows } = org;
  const buried: (() => void)[] = [];
  beforeEach(() => org.connect({ salesforce: `, bulkFrom: ${from}` }));
  afterEach(() => {
    for (const end of buried.splice(0)) end();
  });

  /** Every due step; gives the states of the jobs that are left. */
  async function advance(openDeps: OpenDeps = org.openDeps): Promise<void> {
    for (const job of await claimJobs(database.db)) {
      await advanceBulkJob({ db: database.db, log, openDeps }, job);
    }
  }

  /** The org works on in the meantime. */
  async function pass(): Promise<void> {
    vi.setSystemTime(Date.now() + 50);
    await sleep(5);
  }

  const dueNow = () => rows(sql`update bulk_job set due_at = now()`);

  /** The side of a worker that dies before or right after the org has done a step. */
  function dyingIn(step: Step, when: "before" | "after"): { openDeps: OpenDeps; died: Promise<void> } {
    let die: () => void = () => undefined;
    const died = new Promise<void>((resolve) => (die = resolve));
    const openDeps: OpenDeps = async (...given) => {
      const deps = await org.openDeps(...given);
      const { bulk } = deps.side;
      if (!bulk) throw new Error("no Bulk jobs");
      const dying = async (...args: never[]) => {
        if (when === "after") await (bulk[step] as (...all: never[]) => Promise<unknown>)(...args);
        die();
        return new Promise<never>((_, reject) => buried.push(() => reject(new Error("dead long ago"))));
      };
      return { ...deps, side: { ...deps.side, bulk: { ...bulk, [step]: dying } } };
    };
    return { openDeps, died };
  }

  return {
    ...org,
    advance,
    jobs: () => rows(sql`select state, rows, processed, failed, salesforce_id from bulk_job order by id`),
    /** Until no job is left. */
    async finish(): Promise<void> {
      for (let turn = 0; turn < 200; turn++) {
        if ((await rows(sql`select 1 from bulk_job where state <> 'refused'`)).length === 0) return;
        await dueNow();
        await advance();
        await pass();
      }
      throw new Error(`jobs do not end: ${JSON.stringify(await rows(sql`select * from bulk_job`))}`);
    },
    /** A worker goes on until it dies in this step; then its hold on the job runs out. */
    async dieIn(step: Step, when: "before" | "after"): Promise<void> {
      const { openDeps, died } = dyingIn(step, when);
      let isDead = false;
      void died.then(() => (isDead = true));
      while (!isDead) {
        await dueNow();
        await Promise.race([advance(openDeps), died]);
        await pass();
      }
      await rows(sql`update bulk_job set worker_until = now() - interval '1 second', due_at = now()`);
    },
    dueNow,
    pass,
    people: (from: number, to: number, lastName = "Frank", more: object = {}) =>
      org.contacts(
        ...Array.from({ length: to - from + 1 }, (_, nth) => person(String(from + nth), lastName, more)),
      ),
    async personType(): Promise<string> {
      const { side } = await org.openDeps(org.world.connectionId, "in");
      const { facts } = await side.describe([]);
      return facts.recordTypes.find(({ person: isPerson }) => isPerson)?.id ?? "";
    },
  };
}
