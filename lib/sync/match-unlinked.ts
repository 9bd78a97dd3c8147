/**
 * Contacts that the org does not know by their Sync ID: the admin's rules say whether it has them all the same. One that
 * fits is adopted; of several none is, before a person says which.
 */
import type { Fault } from "@/lib/core/faults";
import type { Candidate } from "@/lib/core/matching/match";
import type { ReviewCandidate } from "@/lib/core/reviews";
import type { FoundRow } from "@/lib/core/side";
import { contactKinds } from "@/lib/core/words";
import type { Found } from "./find-unlinked";
import { openMatcher, type Judged, type Undecided } from "./matcher";
import { comparedFields, wantedOf, type RulesOf } from "./matching";
import { saidBefore } from "./said-before";
import type { Effects, LinkResult, LinkWork, SyncDeps } from "./work";

export interface Matches {
  /** By row: the Salesforce record that is this contact from now on. */
  readonly adopted: ReadonlyMap<string, FoundRow>;
  /** By row: how works ended that nothing is written of. */
  readonly ended: ReadonlyMap<string, LinkResult>;
  /** By row: what is listed once a new record is made. */
  readonly duplicates: ReadonlyMap<string, NonNullable<Effects["duplicates"]>>;
}

/** After so many tries, more than half an hour, a person decides what the org cannot be asked. */
const mostTries = 10;

/** `given`: unlinked, and not found by their Sync ID. */
export async function matchWorks(
  deps: Pick<SyncDeps, "db" | "settings">,
  connectionId: number,
  given: readonly LinkWork[],
  { rows, unsure }: Pick<Found, "rows" | "unsure">,
  rulesOf: RulesOf,
): Promise<Matches> {
  const matcher = await openMatcher(deps.db, connectionId, rows, rulesOf);
  const { adopted, taken, open } = matcher.handOut(given.filter((work) => unsure(work) === null));
  const undecided = [
    ...open.map((one) => openOf(one)),
    ...given.flatMap((work) => unsureOf(work, unsure(work)) ?? []),
  ];
  const said = await saidBefore(
    deps.db,
    "in",
    undecided.flatMap(({ work }) => (tells(deps, work) ? [work.record] : [])),
  );
  const ended = undecided.map((one) => {
    const isSaid = said.get(one.work.record.id)?.told ?? false;
    return [one.work.rowId, leftOpen(deps, one, isSaid, rulesOf)] as const;
  });
  const later = given.flatMap((work) => {
    const fault = unsure(work);
    return fault && !unsureOf(work, fault) ? [[work.rowId, askedLater(work, fault)] as const] : [];
  });
  return {
    adopted: new Map([...adopted].map(([rowId, { row }]) => [rowId, row])),
    duplicates: new Map([...taken].map(([rowId, judged]) => [rowId, duplicateOf(judged, rulesOf)])),
    ended: new Map([...ended, ...later]),
  };
}

function tells({ settings }: Pick<SyncDeps, "settings">, { record }: LinkWork): boolean {
  const kind = contactKinds.find((candidate) => candidate === record.kind);
  return kind !== undefined && settings.matching[kind].several === "tell";
}

/** What is for a person to say, and why. */
interface LeftOpen {
  readonly work: LinkWork;
  readonly what: string;
  readonly candidates: readonly Candidate[];
  /** A person has said which it is, and is asked again whatever the setting. */
  readonly isChosen: boolean;
}

function openOf(undecided: Undecided): LeftOpen {
  const { work, matched, chosenId } = undecided.judged;
  return { work, what: openWords(undecided), candidates: matched.candidates, isChosen: chosenId !== null };
}

/** Null while the org is asked again. */
function unsureOf(work: LinkWork, fault: Fault | null): LeftOpen | null {
  if (!fault || (fault.code !== "several_matches" && work.record.attempts < mostTries)) return null;
  return { work, what: fault.sentence, candidates: [], isChosen: false };
}

function askedLater({ record, mapping }: LinkWork, fault: Fault): LinkResult {
  return { record, mapping, outcome: "retrying", fault };
}

function leftOpen(
  deps: Pick<SyncDeps, "settings">,
  { work, what, candidates, isChosen }: LeftOpen,
  isSaid: boolean,
  rulesOf: RulesOf,
): LinkResult {
  const { record, mapping } = work;
  if (!isChosen && tells(deps, work)) {
    const sentence = `${what} By setting nothing is written.`;
    const told = { sentence, happened: "created" as const, contactId: record.contactId };
    return { record, mapping, outcome: "ignored", ...(!isSaid && { effects: { told } }) };
  }
  const sentence = `${what} A person decides which record it is; nothing was written.`;
  const subject = {
    ...candidatesFor(work, candidates, rulesOf),
    mappingId: mapping.published.mappingId,
    contactId: record.contactId,
  };
  return { record, mapping, outcome: "review", fault: { code: "several_matches", sentence }, subject };
}

/** Another contact is becoming the Salesforce record that this one fits: what fits is looked up again once that is settled. */
export function givenWay({ record, mapping }: LinkWork): LinkResult {
  const sentence =
    "Another contact of S-360 is just becoming the Salesforce record that this one fits. This one goes on by itself once that is written.";
  return { record, mapping, outcome: "retrying", fault: { code: "org_busy", sentence } };
}

/** Why a contact is none of what fits it before a person says so. */
export function openWords({ judged: { matched, chosenId }, why }: Undecided): string {
  if (chosenId !== null && why !== null)
    return `The Salesforce record ${chosenId} that was chosen cannot be this contact: ${why}.`;
  if (chosenId !== null)
    return `The Salesforce record ${chosenId} that was chosen does not fit any more: it is gone, was changed, or belongs to another contact.`;
  const { candidates } = matched;
  const [first] = candidates;
  const by = first ? labels(first) : "";
  if (candidates.length > 1) return `${candidates.length} Salesforce records fit by ${by}.`;
  const doubt = why ?? (first?.doubt ? doubtWords[first.doubt] : "");
  return `A Salesforce record fits by ${by}, but ${doubt}.`;
}

function labels({ rule }: Candidate): string {
  return rule.fields.map(({ label }) => label).join(", ");
}

const doubtWords = {
  name: "one of the two has no first or no last name",
  account: "it stands under another Account",
} as const;

/** A page cannot show more to choose from, and a review is no list of the org. */
const mostShown = 20;

/** What fits a contact, with both sides' values. */
export function candidatesFor(work: LinkWork, candidates: readonly Candidate[], rulesOf: RulesOf) {
  const { mapping } = work;
  const names = comparedFields(mapping, rulesOf(mapping));
  const { values } = wantedOf(work, []);
  const shown = candidates.slice(0, mostShown).map(({ row, doubt }): ReviewCandidate => {
    const fields = names.flatMap((name) => {
      const [s360, salesforce] = [values[name] ?? null, row.fields[name] ?? null];
      if (s360 === null && salesforce === null) return [];
      return [{ name, label: mapping.describe.get(name)?.label ?? name, s360, salesforce }];
    });
    return { id: row.id, fields, ...(doubt && { doubt: doubtWords[doubt] }) };
  });
  return { object: mapping.compiled.object, candidates: shown, candidateCount: candidates.length };
}

function duplicateOf(judged: Judged, rulesOf: RulesOf): NonNullable<Effects["duplicates"]> {
  const { work, matched } = judged;
  const subject = { ...candidatesFor(work, matched.taken, rulesOf), contactId: work.record.contactId };
  return { sentence: takenWords(judged), subject };
}

/** What fits a contact and belongs to somebody else. */
export function takenWords({ matched: { taken } }: Pick<Judged, "matched">): string {
  const [first] = taken;
  const number = first?.row.key ? `, whose Sync ID is ${first.row.key}` : "";
  const others = taken.length > 1 ? ` ${taken.length - 1} more fit as well.` : "";
  const by = first ? labels(first) : "";
  return `A Salesforce record of another contact fits by ${by}: ${first?.row.id ?? ""}${number}.${others}`;
}
