/** What the engine's own matching says of contacts that rules are tried on, and the numbers of it. */
import type { Candidate } from "@/lib/core/matching/match";
import type { Side } from "@/lib/core/side";
import type { Database } from "@/lib/platform/db";
import { identify } from "@/lib/sync/identify";
import { candidatesFor, openWords, takenWords } from "@/lib/sync/match-unlinked";
import { openMatcher } from "@/lib/sync/matcher";
import type { RulesOf } from "@/lib/sync/matching";
import type { ClaimedRecord } from "@/lib/sync/records";
import type { LinkResult, LinkWork, ReadyMapping } from "@/lib/sync/work";
import {
  matchingOutcomes,
  type MatchingCandidate,
  type MatchingFound,
  type MatchingOutcome,
  type TriedRecord,
} from "./matching-contract";
import { toldOf } from "./told";

interface Verdict {
  readonly outcome: MatchingOutcome;
  readonly rule: number | null;
  readonly sentence: string | null;
  readonly candidates: Shown["candidates"];
  readonly candidateCount: number;
}

type Shown = Pick<ReturnType<typeof candidatesFor>, "candidates" | "candidateCount">;

/** By row. `tried`: the records that are judged; the other works only come along, as companies do with their relays. */
export async function judgeTried(
  deps: { readonly db: Database; readonly side: Pick<Side, "find">; readonly connectionId: number },
  works: readonly LinkWork[],
  rulesOf: RulesOf,
  tried: ReadonlySet<number>,
): Promise<ReadonlyMap<string, Verdict>> {
  const ownIds = new Map(
    works.flatMap(({ rowId, record, link }) =>
      link && tried.has(record.id) ? [[rowId, link.salesforceId] as const] : [],
    ),
  );
  // What is linked is looked for as if it were not: by its rules it may be found twice.
  const asked = works.map((work) => (ownIds.has(work.rowId) ? { ...work, link: null } : work));
  const identified = await identify(deps, deps.connectionId, asked, rulesOf);
  const matcher = await openMatcher(deps.db, deps.connectionId, identified.rows, rulesOf);
  const unlinked = identified.unknown.filter((work) => !ownIds.has(work.rowId) && !identified.unsure(work));
  const { adopted, taken, open } = matcher.handOut(unlinked);
  const judged = new Map<string, Verdict>();
  const say = (
    work: LinkWork,
    outcome: MatchingOutcome,
    found: readonly Candidate[] = [],
    sentence: string | null = null,
  ) => judged.set(work.rowId, { outcome, sentence, ...shown(work, found, rulesOf) });

  for (const work of asked) {
    const ownId = ownIds.get(work.rowId);
    const shared = identified.shared.get(work.rowId);
    const byKey = work.link ? null : identified.find(work);
    const unsure = work.link ? null : identified.unsure(work);
    if (ownId !== undefined && unsure)
      judged.set(work.rowId, { ...plain, outcome: "unjudged", sentence: unsure.sentence });
    else if (ownId !== undefined) {
      const besides = matcher.besides(work, ownId);
      say(work, besides.length > 0 ? "duplicate" : "alone", besides);
    } else if (shared) say(work, "unsure", [], sentenceOf(shared));
    else if (byKey) {
      judged.set(work.rowId, { ...plain, outcome: "keyed", ...only(byKey.id) });
    } else if (unsure) say(work, "unsure", [], unsure.sentence);
    else say(work, "new");
  }
  for (const work of unlinked) {
    const one = adopted.get(work.rowId);
    const foreign = taken.get(work.rowId);
    if (one?.candidate) say(work, "adopted", [one.candidate]);
    else if (one) judged.set(work.rowId, { ...plain, outcome: "adopted", ...only(one.row.id) });
    if (foreign) say(work, "taken", foreign.matched.taken, takenWords(foreign));
  }
  for (const undecided of open)
    say(undecided.judged.work, "unsure", undecided.judged.matched.candidates, openWords(undecided));
  for (const result of identified.ended)
    judged.set(`${result.record.id}.${result.mapping?.published.mappingId}`, unjudged(result));
  return judged;
}

/** Found otherwise than by a rule: there is nothing to compare. */
function only(id: string): Shown {
  return { candidates: [{ id, fields: [] }], candidateCount: 1 };
}

const plain = { rule: null, sentence: null, candidates: [], candidateCount: 0 };

function shown(work: LinkWork, found: readonly Candidate[], rulesOf: RulesOf) {
  const { candidates, candidateCount } = candidatesFor(work, found, rulesOf);
  return { rule: found[0]?.rule.nth ?? null, candidates, candidateCount };
}

function unjudged(result: LinkResult): Verdict {
  return { ...plain, outcome: "unjudged", sentence: sentenceOf(result) };
}

function sentenceOf(result: LinkResult): string | null {
  const told = toldOf(result);
  return "sentence" in told ? told.sentence : null;
}

interface Around {
  readonly judged: ReadonlyMap<string, Verdict>;
  /** What ended before any rule was asked. */
  readonly ended: readonly LinkResult[];
  readonly labels: ReadonlyMap<number, string | null>;
  readonly urlOf: (object: string, salesforceId: string) => string;
}

/** A page cannot show more of each. */
const mostShown = 5;

/** What one mapping makes of the records, one row for each. */
export function foundBy(
  { published, compiled }: ReadyMapping,
  records: readonly ClaimedRecord[],
  { judged, ended, labels, urlOf }: Around,
): MatchingFound {
  const { mappingId, name } = published;
  const stops = new Map(ended.map((result) => [rowIdOf(result.record, result.mapping), result]));
  const { object } = compiled;
  const rows = records.map((record): TriedRecord => {
    const stop = stops.get(rowIdOf(record, { published })) ?? stops.get(rowIdOf(record, null));
    const one = stop
      ? unjudged(stop)
      : (judged.get(rowIdOf(record, { published })) ?? { ...plain, outcome: "unjudged" });
    const candidates = one.candidates
      .slice(0, mostShown)
      .map((candidate): MatchingCandidate => ({ ...candidate, url: urlOf(object, candidate.id) }));
    return { recordId: record.id, key: record.key, label: labels.get(record.id) ?? null, ...one, candidates };
  });
  const counts = Object.fromEntries(
    matchingOutcomes.map((outcome) => [outcome, rows.filter((row) => row.outcome === outcome).length]),
  ) as Record<MatchingOutcome, number>;
  return { mappingId, name, object, counts, byRule: byRule(rows), rows };
}

/** As the engine names its works (sync/evaluate-batch.ts); without a mapping it stands for all of them. */
function rowIdOf(
  { id }: ClaimedRecord,
  mapping: { readonly published: { readonly mappingId: number } } | null,
): string {
  return `${id}.${mapping?.published.mappingId ?? ""}`;
}

function byRule(rows: readonly TriedRecord[]): MatchingFound["byRule"] {
  const counts = new Map<number, number>();
  for (const { outcome, rule } of rows)
    if (outcome === "adopted" && rule !== null) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return [...counts].map(([rule, count]) => ({ rule, count })).sort((a, b) => a.rule - b.rule);
}
