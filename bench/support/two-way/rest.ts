/** When nothing is left to do on either side, and what further polls cost then. */
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { getJson, type Stack } from "../stack";
import { orgCalls, type OrgCall } from "./sides";

const restLimitMs = 8 * 60_000;
const lookMs = 500;

interface Standing {
  readonly polledAt: string;
  readonly unfinished: number;
  readonly events: number;
  readonly attempts: number;
}

/** Where the connector stands; null while its database or a worker is on its way back. */
async function standing(stack: Stack): Promise<Standing | null> {
  const [row] = await stack.query(`
    select coalesce((select last_polled_at::text from feed), '') as polled_at,
      (select count(*)::int from record_direction where state in ('pending', 'retrying', 'waiting'))
        + (select count(*)::int from record where lease_until > now())
        + (select count(*)::int from payload) as unfinished,
      (select count(*)::int from event) as events,
      (select count(*)::int from attempt) as attempts`);
  if (!row) return null;
  const { polled_at, ...counts } = row;
  return { polledAt: String(polled_at), ...counts } as Standing;
}

/** Nothing queued at the venue, nothing due in the connector, and two polls that brought nothing. Returns how long it took. */
export async function untilAtRest(stack: Stack): Promise<number> {
  const startedAt = Date.now();
  let calm: Standing[] = [];
  while (calm.length < 3) {
    if (Date.now() - startedAt > restLimitMs)
      throw new Error(`not at rest: ${JSON.stringify(await standing(stack))}`);
    await sleep(lookMs);
    const now = await standing(stack);
    if (!now || now.unfinished > 0 || (await stack.venueBacklog()) > 0) calm = [];
    else if (calm[0] && (calm[0].events !== now.events || calm[0].attempts !== now.attempts)) calm = [now];
    else if (calm.at(-1)?.polledAt !== now.polledAt) calm = [...calm, now];
  }
  return Date.now() - startedAt;
}

const orgStats = z.object({
  objects: z.record(z.string(), z.record(z.string(), z.number())),
});
const venueStats = z.object({ api: z.object({ calls: z.object({ total: z.number() }) }) });

export interface Quiet {
  readonly polls: number;
  /** API calls that the org counted, by poll. */
  readonly orgCallsByPoll: readonly number[];
  readonly medianOrgCalls: number;
  /** What else was asked, such as descriptions of objects that had become old. */
  readonly otherCalls: readonly string[];
  readonly orgRowsWritten: number;
  readonly venueCalls: number;
  readonly attempts: number;
  readonly events: number;
}

/** Watches polls while nothing happens. */
export async function watchPolls(stack: Stack, polls: number): Promise<Quiet> {
  let last = await nextPoll(stack, await standing(stack));
  const first = { ...(await counts(stack)), standing: last };
  let sequence = (await orgCalls(stack, 0)).at(-1)?.sequence ?? 0;
  const byPoll: OrgCall[][] = [];
  while (byPoll.length < polls) {
    last = await nextPoll(stack, last);
    const calls = (await orgCalls(stack, sequence)).filter(({ counted }) => counted);
    sequence = calls.at(-1)?.sequence ?? sequence;
    byPoll.push(calls);
  }
  const then = await counts(stack);
  const orgCallsByPoll = byPoll.map(({ length }) => length);
  return {
    polls,
    orgCallsByPoll,
    medianOrgCalls: [...orgCallsByPoll].sort((a, b) => a - b)[Math.floor(polls / 2)] ?? 0,
    otherCalls: byPoll
      .flat()
      .filter((call) => !isPoll(call))
      .map(nameOf),
    orgRowsWritten: then.rows - first.rows,
    venueCalls: then.venueCalls - first.venueCalls,
    attempts: last.attempts - first.standing.attempts,
    events: last.events - first.standing.events,
  };
}

/** All objects in one Composite call of queries. */
function isPoll({ subrequests = [] }: OrgCall): boolean {
  return subrequests.some(({ url }) => /\/query\/?\?/.test(url));
}

function nameOf({ method, path, subrequests = [] }: OrgCall): string {
  const parts = [{ method, url: path }, ...subrequests];
  return parts.map(({ method: verb, url }) => `${verb} ${url.split("?")[0]}`).join(", ");
}

async function nextPoll(stack: Stack, before: Standing | null): Promise<Standing> {
  for (const deadline = Date.now() + restLimitMs; Date.now() < deadline; await sleep(lookMs)) {
    const now = await standing(stack);
    if (now && now.polledAt !== before?.polledAt) return now;
  }
  throw new Error("the change feed is not polled any more");
}

async function counts({ salesforceUrl, s360Url }: Stack) {
  const { objects } = orgStats.parse(await getJson(`${salesforceUrl}/__control/stats`));
  const { api } = venueStats.parse(await getJson(`${s360Url}/__control/state`));
  const rows = Object.values(objects).flatMap((object) => Object.values(object));
  return { rows: rows.reduce((sum, each) => sum + each, 0), venueCalls: api.calls.total };
}
