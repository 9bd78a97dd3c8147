import { setTimeout as sleep } from "node:timers/promises";
import { lanesThatMaySpend } from "@/lib/budget/spending";
import type { ConnectionStatus } from "@/lib/connections/contract";
import { countDue, endHold, isHeld } from "@/lib/connections/hold";
import { connectionStatus } from "@/lib/connections/status";
import { drainConnection, type DrainInput } from "@/lib/worker/drain";
import { claimFeeds } from "@/lib/worker/feeds";
import { pollFeed } from "@/lib/worker/poll-feed";
import { depsOpener } from "@/lib/worker/open-deps";
import type { Context } from "./context";
import { findConnection } from "./find-connection";

const pollMs = 250;

/**
 * Asks Salesforce what changed, writes everything that is due now and waits until nothing due is left, also for what another worker has in hand.
 * Records whose next try is later are not waited for. Returns 1 when Salesforce as a whole refuses work.
 */
export async function syncCommand(context: Context, institution: string, json: boolean): Promise<number> {
  const { terminal, db, keys, log } = context;
  const { id } = await findConnection(db, institution);
  // Whoever asks for a sync has most likely put right what held the connection.
  await endHold(db, id);
  const openDeps = depsOpener(db, keys(), log);
  const handled: Record<string, number> = {};
  // What another worker is polling right now is not polled twice.
  for (const feed of await claimFeeds(db, id)) {
    await pollFeed({ db, log, openDeps, signal: terminal.signal }, feed);
  }
  while (!terminal.signal?.aborted) {
    const states = await drainBoth({ db, log, openDeps, connectionId: id, signal: terminal.signal });
    for (const [state, number] of Object.entries(states)) handled[state] = (handled[state] ?? 0) + number;
    const from = await lanesThatMaySpend(db, id);
    const due = (await countDue(db, id, "in", from)) + (await countDue(db, id, "out"));
    if ((await isHeld(db, id)) || due === 0) break;
    await sleep(pollMs);
  }
  const status = await connectionStatus(db, institution);
  if (!status) return 1;
  terminal.out(json ? `${JSON.stringify({ handled, status }, null, 2)}\n` : syncText(handled, status));
  return status.blocked.length > 0 ? 1 : 0;
}

/** What comes from S-360 first: it may be what an edit in Salesforce waits for. */
async function drainBoth(input: Omit<DrainInput, "direction">): Promise<Readonly<Record<string, number>>> {
  const states: Record<string, number> = {};
  for (const direction of ["in", "out"] as const) {
    const report = await drainConnection({ ...input, direction });
    for (const [state, number] of Object.entries(report.states))
      states[state] = (states[state] ?? 0) + number;
  }
  return states;
}

const stateWords: Readonly<Record<string, string>> = { idle: "in step", untouched: "not tried" };

function syncText(handled: Readonly<Record<string, number>>, status: ConnectionStatus): string {
  const parts = Object.entries(handled).map(([state, number]) => `${number} ${stateWords[state] ?? state}`);
  const total = Object.values(handled).reduce((sum, number) => sum + number, 0);
  const first =
    total === 0
      ? "nothing was due"
      : `${total} ${total === 1 ? "record" : "records"} handled: ${parts.join(", ")}`;
  const totals = status.streams.map(({ name, records, paused }) => {
    const open = (["pending", "retrying", "waiting", "failed", "review"] as const)
      .filter((state) => records[state] > 0)
      .map((state) => `${records[state]} ${state}`);
    return `  ${name}${paused ? " (paused)" : ""}: ${[`${records.idle} in step`, ...open].join(", ")}`;
  });
  const held = status.blocked.map(({ sentence, code }) => `  Held: ${sentence} (${code})`);
  return `${[`${status.institution}: ${first}`, ...totals, ...held].join("\n")}\n`;
}
