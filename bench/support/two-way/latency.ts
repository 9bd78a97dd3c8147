/** How long single edits in Salesforce take to S-360 while nothing else happens, and what they cost. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Stack } from "../stack";
import { fieldsOf } from "./fields";
import type { Edit, Editor } from "./editor";
import { readContact, venueCalls, type Pair } from "./sides";
import { kindOf } from "./venue";

export interface Latency {
  readonly edits: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly maxMs: number;
  /** Calls to S-360 by changed contact. */
  readonly callsPerContact: { readonly mean: number; readonly most: number };
}

const everyMs = 1_500;
const lookMs = 200;
const limitMs = 120_000;

/** One edit after another, each of another contact. Throws when one does not arrive. */
export async function measureLatency(stack: Stack, editor: Editor, pairs: readonly Pair[]): Promise<Latency> {
  const under: Promise<number>[] = [];
  const edited: Edit[] = [];
  for (const [nth, pair] of pairs.entries()) {
    const choices = fieldsOf(pair.kind).filter(({ few }) => !few);
    const field = choices[nth % choices.length];
    const edit = field && (await editor.inOrg(pair, field));
    if (edit) {
      edited.push(edit);
      under.push(arrival(stack, edit));
    }
    await sleep(everyMs);
  }
  const times = (await Promise.all(under)).sort((a, b) => a - b);
  const calls = await Promise.all(
    edited.map(async ({ key, from }) => {
      const all = await venueCalls(stack, `key=${key}&limit=50`);
      return all.filter(({ at }) => Date.parse(at) >= from).length;
    }),
  );
  const at = (share: number) => times[Math.ceil(times.length * share) - 1] ?? 0;
  const mean = calls.reduce((sum, each) => sum + each, 0) / calls.length;
  return {
    ...{ edits: times.length, p50Ms: at(0.5), p95Ms: at(0.95), maxMs: at(1) },
    callsPerContact: { mean: Math.round(mean * 100) / 100, most: Math.max(...calls) },
  };
}

async function arrival(stack: Stack, edit: Edit): Promise<number> {
  for (const deadline = Date.now() + limitMs; Date.now() < deadline; await sleep(lookMs)) {
    const contact = await readContact(stack, edit.key);
    const field = fieldsOf(kindOf(contact)).find(({ name }) => name === edit.field);
    if (field?.ofVenue(contact) === edit.value) return Date.now() - edit.until;
  }
  throw new Error(`edit ${edit.id} of ${edit.key}, ${edit.field}, did not reach S-360`);
}
