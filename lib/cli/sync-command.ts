import { setTimeout as sleep } from "node:timers/promises";
import type { ConnectionStatus } from "@/lib/connections/contract";
import { countDue, endHold, isHeld } from "@/lib/connections/hold";
import { connectionStatus } from "@/lib/connections/status";
import { drainConnection } from "@/lib/worker/drain";
import { depsOpener } from "@/lib/worker/open-deps";
import type { Context } from "./context";
import { findConnection } from "./find-connection";

const pollMs = 250;

/**
 * Writes everything that is due now and waits until nothing due is left, also for what another worker has in hand.
 * Records whose next try is later are not waited for. Returns 1 when Salesforce as a whole refuses work.
 */
export async function syncCommand(context: Context, institution: string, json: boolean): Promise<number> {
  const { terminal, db, keys, log } = context;
  const { id } = await findConnection(db, institution);
  // Whoever asks for a sync has most likely put right what held the connection.
  await endHold(db, id);
  const openDeps = depsOpener(db, keys(), log);
  const handled: Record<string, number> = {};
  while (!terminal.signal?.aborted) {
    const { states } = await drainConnection({
      db,
      log,
      openDeps,
      connectionId: id,
      signal: terminal.signal,
    });
    for (const [state, number] of Object.entries(states))
      handled[state] = (handled[state] ?? 0) + (number ?? 0);
    if ((await isHeld(db, id)) || (await countDue(db, id)) === 0) break;
    await sleep(pollMs);
  }
  const status = await connectionStatus(db, institution);
  if (!status) return 1;
  terminal.out(json ? `${JSON.stringify({ handled, status }, null, 2)}\n` : syncText(handled, status));
  return status.blocked ? 1 : 0;
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
  const held = status.blocked ? [`  Held: ${status.blocked.sentence} (${status.blocked.code})`] : [];
  return `${[`${status.institution}: ${first}`, ...totals, ...held].join("\n")}\n`;
}
