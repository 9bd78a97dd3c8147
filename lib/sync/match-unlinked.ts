/**
 * Contacts that the org does not know by their Sync ID: the admin's rules say whether it has them all the same. One that
 * fits is adopted; of several none is, before a person says which.
 */
import { sql } from "drizzle-orm";
import { match, OrgRows, type Candidate, type Matched, type OrgRow } from "@/lib/core/matching/match";
import type { Fault } from "@/lib/core/faults";
import type { ReviewCandidate } from "@/lib/core/reviews";
import type { FoundRow } from "@/lib/core/side";
import { matchChoiceOf } from "@/lib/core/matching/choice";
import { contactKinds } from "@/lib/core/words";
import type { Database } from "@/lib/platform/db";
import type { Found } from "./find-unlinked";
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

interface Judged {
  readonly work: LinkWork;
  readonly matched: Matched;
  /** The candidate that a person has chosen. */
  readonly chosenId: string | null;
}

interface Undecided {
  readonly judged: Judged;
  /** Why a sole candidate is not taken, where the candidate itself does not say. */
  readonly why: string | null;
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
  const works = given.filter((work) => unsure(work) === null);
  const linked = await linkedIds(
    deps.db,
    connectionId,
    rows.filter(({ alike }) => alike),
  );
  const matcher = new Matcher(rows, rulesOf, new Set(linked));
  // Companies before those who stand under them: whose Account becomes what is known then.
  for (const rank of [...new Set(works.map(({ mapping }) => mapping.rank))].sort((a, b) => a - b))
    matcher.judgeAll(works.filter(({ mapping }) => mapping.rank === rank));
  const { adopted, duplicates, open } = matcher;
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
  return { adopted, duplicates, ended: new Map([...ended, ...later]) };
}

/** Hands the org's records out to the works of a batch, each to one at most. */
class Matcher {
  readonly adopted = new Map<string, FoundRow>();
  readonly duplicates = new Map<string, NonNullable<Effects["duplicates"]>>();
  readonly open: Undecided[] = [];
  private readonly byObject: (object: string) => OrgRows;
  /** Accounts that are adopted, and the Sync ID that they get. */
  private readonly accounts = new Map<string, string>();

  constructor(
    rows: readonly FoundRow[],
    private readonly rulesOf: RulesOf,
    /** By id: records that belong to a contact. */
    private readonly taken: Set<string>,
  ) {
    this.byObject = rowsByObject(rows);
  }

  judgeAll(works: readonly LinkWork[]): void {
    const undecided = works.filter((work) => !this.carryOutChoice(work));
    const judged = undecided.map((work) => this.judge(work, null));
    const wanting = new Map<string, Judged[]>();
    for (const one of judged) {
      const id = soleCandidate(one.matched)?.row.id;
      if (id !== undefined) wanting.set(id, [...(wanting.get(id) ?? []), one]);
    }
    for (const one of judged) {
      const { work, matched } = one;
      const sole = soleCandidate(matched);
      const rivals = (sole && wanting.get(sole.row.id)?.filter((other) => other !== one)) ?? [];
      if (sole && rivals.length === 0) this.adopt(work, sole.row);
      else if (matched.candidates.length > 0) this.open.push({ judged: one, why: rivalWords(rivals) });
      else if (matched.taken.length > 0) this.duplicates.set(work.rowId, duplicateOf(one, this.rulesOf));
    }
  }

  /** What a person has decided comes first. Returns whether somebody had. */
  private carryOutChoice(work: LinkWork): boolean {
    const choice = matchChoiceOf(work.record.waived, work.mapping.published.mappingId);
    if (choice?.kind !== "adopt") return choice !== null;
    const judged = this.judge(work, choice.id);
    const candidate = judged.matched.candidates.find(({ row }) => row.id === choice.id);
    if (candidate) this.adopt(work, candidate.row);
    else this.open.push({ judged, why: null });
    return true;
  }

  private judge(work: LinkWork, chosenId: string | null): Judged {
    const becoming = (accountId: string) => this.accounts.get(accountId);
    const wanted = { ...wantedOf(work, this.rulesOf(work.mapping)), becoming };
    const isTaken = ({ key, id }: OrgRow) => key !== null || this.taken.has(id);
    return { work, chosenId, matched: match(wanted, this.byObject(work.mapping.compiled.object), isTaken) };
  }

  private adopt(work: LinkWork, row: OrgRow): void {
    this.adopted.set(work.rowId, foundRow(work, row));
    this.taken.add(row.id);
    if (work.mapping.compiled.object === "Account") this.accounts.set(row.id, work.key);
  }
}

function soleCandidate({ candidates }: Matched): Candidate | null {
  const [only, ...others] = candidates;
  return only && others.length === 0 && only.doubt === null ? only : null;
}

function foundRow({ mapping, key }: LinkWork, { id, fields, person, accountId }: OrgRow): FoundRow {
  return { object: mapping.compiled.object, key, id, fields, alike: { person, accountId } };
}

function rowsByObject(rows: readonly FoundRow[]): (object: string) => OrgRows {
  const groups = new Map<string, Map<string, OrgRow>>();
  for (const { object, id, key, fields, alike } of rows) {
    const group = groups.get(object) ?? new Map<string, OrgRow>();
    group.set(id, { id, key: key === "" ? null : key, person: null, accountId: null, ...alike, fields });
    groups.set(object, group);
  }
  const ready = new Map([...groups].map(([object, group]) => [object, new OrgRows([...group.values()])]));
  const none = new OrgRows([]);
  return (object) => ready.get(object) ?? none;
}

/** Records that belong to a contact already, whatever Sync ID they carry. */
async function linkedIds(
  db: Database,
  connectionId: number,
  rows: readonly FoundRow[],
): Promise<readonly string[]> {
  if (rows.length === 0) return [];
  const found = await db.execute<{ salesforce_id: string }>(sql`
    select distinct salesforce_id from link
    where connection_id = ${connectionId} and salesforce_id = any(${sql.param(rows.map(({ id }) => id))}::text[])`);
  return found.rows.map((row) => row.salesforce_id);
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

function openOf({ judged: { work, matched, chosenId }, why }: Undecided): LeftOpen {
  const { candidates } = matched;
  const gone = `The Salesforce record ${chosenId} that was chosen does not fit any more: it is gone, was changed, or belongs to another contact.`;
  const isChosen = chosenId !== null;
  return { work, what: isChosen ? gone : openWords(candidates, why), candidates, isChosen };
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

function openWords(candidates: readonly Candidate[], why: string | null): string {
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

function rivalWords(rivals: readonly Judged[]): string | null {
  const [rival] = rivals;
  if (!rival) return null;
  const more = rivals.length > 1 ? ` and ${rivals.length - 1} more` : "";
  return `contact ${rival.work.record.key}${more} of S-360 fits it as well`;
}

/** A page cannot show more to choose from, and a review is no list of the org. */
const mostShown = 20;

function candidatesFor(work: LinkWork, candidates: readonly Candidate[], rulesOf: RulesOf) {
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

function duplicateOf(
  { work, matched: { taken } }: Judged,
  rulesOf: RulesOf,
): NonNullable<Effects["duplicates"]> {
  const [first] = taken;
  const number = first?.row.key ? `, whose Sync ID is ${first.row.key}` : "";
  const others = taken.length > 1 ? ` ${taken.length - 1} more fit as well.` : "";
  const by = first ? labels(first) : "";
  const sentence = `A Salesforce record of another contact fits by ${by}: ${first?.row.id ?? ""}${number}.${others}`;
  return { sentence, subject: { ...candidatesFor(work, taken, rulesOf), contactId: work.record.contactId } };
}
