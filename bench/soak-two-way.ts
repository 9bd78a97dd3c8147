/**
 * `npm run soak:two-way`: both directions under trouble. First, undisturbed: what a quiet poll costs, how long an edit in
 * Salesforce takes to S-360 and how many calls it needs. Then 500 contacts are edited at random on both sides for five
 * minutes while answers are lost, limits are hit, the org is away, the worker is killed and flows rewrite what is saved.
 * Afterwards both sides must be equal under the owner rules, ten further polls must write nothing, and every edit must be
 * accounted for. Writes bench/reports/soak-two-way.json; exit code 1 when anything of it fails. `npm run soak:two-way --
 * 60` edits for a minute.
 */
import { writeFileSync } from "node:fs";
import { signingIn } from "../e2e/support/connector";
import { postJson, startStack, type Stack } from "./support/stack";
import { accountFor, fates, type Accounted } from "./support/two-way/accounts";
import { writeBook } from "./support/two-way/book";
import { compareSides, nameOf, toldByAttempts, type Outcome } from "./support/two-way/compare";
import { addFlows, callOffFaults, disturbUntil } from "./support/two-way/disturb";
import { Editor } from "./support/two-way/editor";
import { measureLatency, type Latency } from "./support/two-way/latency";
import { untilAtRest, watchPolls, type Quiet } from "./support/two-way/rest";
import { pairsOf, type Pair } from "./support/two-way/sides";
import { makeVenue } from "./support/two-way/venue";
import { Witness } from "./support/two-way/witness";

const editSeconds = Number(process.argv[2] ?? "300");
const sizes = { people: 400, structures: 40, relays: 60 };
const pollSeconds = 10;
const callsPerMinute = 1_000;
const latencyEdits = 40;
const quietPolls = 10;
const ownedBySalesforce = {
  individual: ["PersonMailingPostalCode", "PersonMobilePhone"],
  relay: ["MailingPostalCode", "MobilePhone"],
  structure: ["BillingPostalCode"],
};

const ownerOf = (target: string) =>
  Object.values(ownedBySalesforce).some((targets) => targets.includes(target)) ? "salesforce" : "s360";
const owners = Object.entries(ownedBySalesforce).map(([mapping, targets]) => [
  mapping,
  { lines: Object.fromEntries(targets.map((target) => [target, { owner: "salesforce" }])) },
]);
const stack = await startStack({
  s360: { ...signingIn, callsPerMinute, callsPerMonth: 0 },
  contactsOut: { pollSeconds, massLimit: 100_000 },
  mappings: Object.fromEntries(owners),
});
try {
  const pairs = await load(stack);
  const quietBefore = await watchPolls(stack, 3);
  const editor = new Editor(stack, pairs);
  const latency = await measureLatency(stack, editor, spread(pairs, latencyEdits));
  await untilAtRest(stack);
  console.log(`undisturbed: ${JSON.stringify({ latency, quietBefore })}`);

  const witness = new Witness(stack);
  await addFlows(stack);
  const startedAt = Date.now();
  const endsAt = startedAt + editSeconds * 1_000;
  const [disturbances] = await Promise.all([
    disturbUntil(stack, endsAt),
    ...[1, 2].map(() => editor.editUntil(endsAt)),
  ]);
  await callOffFaults(stack);
  console.log(`${editor.edits.length} edits; now quiet`);
  const restMs = await untilAtRest(stack);
  const quietAfter = await watchPolls(stack, quietPolls);

  const outcome = await compareSides(stack, pairs);
  const calls = await witness.calls();
  const told = await toldByAttempts(stack);
  const accounted = accountFor(editor.edits, {
    ...told,
    ownerOf,
    held: (key, field) => outcome.held.get(nameOf(key, field)) ?? { s360: null, salesforce: null },
    stopped: new Set(outcome.stopped.map(({ key }) => key)),
    venueCalls: calls.venue,
    orgCalls: calls.org,
  });
  const { held: _, ...sides } = outcome;
  await writeBook(stack, { accounted, disturbances, different: sides.different, venueCalls: calls.venue });
  const limits = { latencyP95Ms: (pollSeconds + 10) * 1_000, callsPerContact: 2, callsPerQuietPoll: 1 };
  const failures = [
    ...(latency.p95Ms < limits.latencyP95Ms ? [] : ["latency"]),
    ...(latency.callsPerContact.most <= limits.callsPerContact ? [] : ["calls per changed contact"]),
    ...([quietBefore, quietAfter].every((quiet) => quiet.medianOrgCalls <= limits.callsPerQuietPoll)
      ? []
      : ["calls of a quiet poll"]),
    ...(quietAfter.orgRowsWritten + quietAfter.venueCalls + quietAfter.attempts === 0
      ? []
      : ["writes while quiet"]),
    ...(told.conflicts.every(({ target, winner }) => winner === ownerOf(target)) ? [] : ["owner rules"]),
    ...(sides.different.length === 0 ? [] : ["sides differ"]),
    ...(accounted.every(({ fate }) => fate !== "unaccounted") ? [] : ["edits unaccounted for"]),
  ];
  const report = {
    at: new Date().toISOString(),
    ...{ sizes, pollSeconds, callsPerMinute, editSeconds, limits },
    ...{ quietBefore, latency },
    edits: {
      s360: editor.edits.filter(({ side }) => side === "s360").length,
      salesforce: editor.edits.filter(({ side }) => side === "salesforce").length,
      fates: Object.fromEntries(
        fates.map((fate) => [fate, accounted.filter((one) => one.fate === fate).length]),
      ),
    },
    disturbances: countBy(disturbances.map(({ what }) => what)),
    conflicts: countBy(told.conflicts.map(({ winner }) => `${winner} stays`)),
    s360: {
      calls: calls.venue.length,
      byMethod: countBy(calls.venue.map((call) => call.method)),
      byOutcome: countBy(calls.venue.map((call) => call.outcome)),
    },
    ...{ restMs, quietAfter, sides, failures },
    unaccounted: examples(accounted),
  };
  writeFileSync("bench/reports/soak-two-way.json", `${JSON.stringify(report, null, 2)}\n`);
  console.log(summary(report));
  if (failures.length > 0) process.exitCode = 1;
} finally {
  await stack.stop();
}

/** The venue's contacts, in the org and at rest there. */
async function load(stack: Stack): Promise<readonly Pair[]> {
  const contacts = makeVenue(sizes);
  await postJson(`${stack.s360Url}/__control/settings`, {
    ...{ scheduleSeconds: 2, batchSize: 500, bucketSize: 50, tries: 1_000 },
    api: { callsPerMinute },
  });
  await postJson(`${stack.s360Url}/__control/contacts`, contacts);
  await untilAtRest(stack);
  return pairsOf(stack, contacts);
}

function spread<T>(list: readonly T[], count: number): readonly T[] {
  return Array.from({ length: count }, (_, i) => list[Math.floor((i * list.length) / count)] as T);
}

function countBy(names: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

function examples(accounted: readonly Accounted[]) {
  const lost = accounted.filter(({ fate }) => fate === "unaccounted").slice(0, 10);
  return lost.map(({ edit: { id, key, field, side, from } }) => ({
    ...{ edit: id, contact: key, field, side },
    at: new Date(from).toISOString(),
  }));
}

interface Summary {
  readonly edits: { readonly s360: number; readonly salesforce: number; readonly fates: object };
  readonly latency: Latency;
  readonly sides: Pick<Outcome, "fields" | "equal" | "explained" | "different" | "stopped">;
  readonly quietAfter: Quiet;
  readonly failures: readonly string[];
}

function summary({ edits, latency, sides, quietAfter, failures }: Summary): string {
  const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
  return [
    `${edits.s360} edits in S-360, ${edits.salesforce} in Salesforce: ${JSON.stringify(edits.fates)}`,
    `edit to S-360: p50 ${seconds(latency.p50Ms)}, p95 ${seconds(latency.p95Ms)}, at most ${seconds(latency.maxMs)}; calls per contact ${latency.callsPerContact.mean}, at most ${latency.callsPerContact.most}`,
    `${sides.fields} fields: ${sides.equal} equal, ${sides.explained} explained, ${sides.different.length} different; ${sides.stopped.length} records stopped`,
    `${quietAfter.polls} quiet polls: ${quietAfter.medianOrgCalls} call each, ${quietAfter.orgRowsWritten} rows and ${quietAfter.venueCalls} calls to S-360`,
    failures.length === 0 ? "all as it must be" : `failed: ${failures.join(", ")}`,
  ].join("\n");
}
