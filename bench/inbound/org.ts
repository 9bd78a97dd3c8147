/** The simulated org from outside: its latency, and what it counted. */
import { z } from "zod";
import { getJson, postJson } from "../support/stack";

const statsSchema = z.object({ apiCalls: z.number() });
const callsSchema = z.object({
  calls: z.array(
    z.object({
      method: z.string(),
      path: z.string(),
      counted: z.boolean(),
      subrequests: z.array(z.object({ method: z.string(), url: z.string() })).optional(),
    }),
  ),
});
type LoggedCall = z.infer<typeof callsSchema>["calls"][number];

export interface Cost {
  /** API calls as the org counts them against its day. */
  readonly calls: number;
  /** The same calls by what they were for. */
  readonly by: Readonly<Record<string, number>>;
}

export class Org {
  constructor(readonly url: string) {}

  async setLatency(ms: number): Promise<void> {
    await postJson(`${this.url}/__control/faults`, { kind: "latency", ms });
  }

  /** What a work cost the org. */
  async costOf(work: () => Promise<void>): Promise<Cost> {
    await fetch(`${this.url}/__control/calls`, { method: "DELETE" });
    const before = await this.#counted();
    await work();
    const calls = (await this.#counted()) - before;
    const by: Record<string, number> = {};
    const log = callsSchema.parse(await getJson(`${this.url}/__control/calls`));
    for (const call of log.calls.filter(({ counted }) => counted)) {
      const purpose = purposeOf(call);
      by[purpose] = (by[purpose] ?? 0) + 1;
    }
    return { calls, by };
  }

  async #counted(): Promise<number> {
    return statsSchema.parse(await getJson(`${this.url}/__control/stats`)).apiCalls;
  }
}

const purposes: readonly (readonly [purpose: string, pattern: RegExp])[] = [
  ["Bulk job", /\/jobs\/ingest\b/],
  ["write", /^PATCH .*\/sobjects\b/],
  ["read before overwriting", /^POST .*\/composite\/sobjects\//],
  ["poll for edits", /SystemModstamp|\/(deleted|updated)\b/],
  ["look up by SyncId", /\/query\b.*SyncId__c/],
  ["describe", /\/(describe|limits|query)\b/],
];

function purposeOf({ method, path, subrequests }: LoggedCall): string {
  const parts = subrequests?.map((each) => `${each.method} ${each.url}`) ?? [`${method} ${path}`];
  return purposes.find(([, pattern]) => parts.some((part) => pattern.test(part)))?.[0] ?? "other";
}
