/** Hands the org's records out to the contacts that they may be, each to one at most. */
import { sql } from "drizzle-orm";
import { matchChoiceOf } from "@/lib/core/matching/choice";
import { whyNot } from "@/lib/core/matching/named";
import { match, OrgRows, type Candidate, type Matched, type OrgRow } from "@/lib/core/matching/match";
import type { FoundRow } from "@/lib/core/side";
import type { Database } from "@/lib/platform/db";
import { wantedOf, type RulesOf } from "./matching";
import type { LinkWork } from "./work";

export interface Judged {
  readonly work: LinkWork;
  readonly matched: Matched;
  /** The candidate that a person has chosen. */
  readonly chosenId: string | null;
}

export interface Undecided {
  readonly judged: Judged;
  /** Why a sole candidate, or one that a person chose, is not taken, where the candidate itself does not say. */
  readonly why: string | null;
}

export interface Adopted {
  /** Null where no rule had to find it, as a person has said which it is. */
  readonly candidate: Candidate | null;
  readonly row: FoundRow;
}

/** By row of a work, but for `open`. What is in none of them fits nothing. */
export interface HandedOut {
  readonly adopted: ReadonlyMap<string, Adopted>;
  /** What fits only what belongs to somebody else. */
  readonly taken: ReadonlyMap<string, Judged>;
  readonly open: readonly Undecided[];
}

/** `rows`: what the org answered, found by key or only alike. */
export async function openMatcher(
  db: Database,
  connectionId: number,
  rows: readonly FoundRow[],
  rulesOf: RulesOf,
): Promise<Matcher> {
  const alike = rows.filter((row) => row.alike);
  return new Matcher(rows, rulesOf, new Set(await linkedIds(db, connectionId, alike)));
}

class Matcher {
  private readonly adopted = new Map<string, Adopted>();
  private readonly foreign = new Map<string, Judged>();
  private readonly open: Undecided[] = [];
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

  /** `works`: unlinked, and not found by their Sync ID. */
  handOut(works: readonly LinkWork[]): HandedOut {
    // Companies before those who stand under them: whose Account becomes what is known then.
    for (const rank of [...new Set(works.map(({ mapping }) => mapping.rank))].sort((a, b) => a - b))
      this.judgeAll(works.filter(({ mapping }) => mapping.rank === rank));
    return { adopted: this.adopted, taken: this.foreign, open: this.open };
  }

  /** What fits a contact besides the record that it has. */
  besides(work: LinkWork, ownId: string): readonly Candidate[] {
    const { candidates, taken } = this.judge(work, null).matched;
    return [...candidates, ...taken].filter(({ row }) => row.id !== ownId);
  }

  private judgeAll(works: readonly LinkWork[]): void {
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
      if (sole && rivals.length === 0) this.adopt(work, sole.row, sole);
      else if (matched.candidates.length > 0) this.open.push({ judged: one, why: rivalWords(rivals) });
      else if (matched.taken.length > 0) this.foreign.set(work.rowId, one);
    }
  }

  /** What a person has decided comes first. Returns whether somebody had. */
  private carryOutChoice(work: LinkWork): boolean {
    const choice = matchChoiceOf(work.record.waived, work.mapping.published.mappingId);
    if (choice?.kind === "named") this.takeNamed(work, choice.id);
    if (choice?.kind !== "adopt") return choice !== null;
    const judged = this.judge(work, choice.id);
    const candidate = judged.matched.candidates.find(({ row }) => row.id === choice.id);
    if (candidate) this.adopt(work, candidate.row, candidate);
    else this.open.push({ judged, why: null });
    return true;
  }

  private takeNamed(work: LinkWork, id: string): void {
    const row = this.byObject(work.mapping.compiled.object).byId(id);
    const why = whyNot(row, wantedOf(work, []).person, (one) => this.taken.has(one));
    if (row && why === null) this.adopt(work, row, null);
    else this.open.push({ judged: this.judge(work, id), why });
  }

  private judge(work: LinkWork, chosenId: string | null): Judged {
    const becoming = (accountId: string) => this.accounts.get(accountId);
    const wanted = { ...wantedOf(work, this.rulesOf(work.mapping)), becoming };
    const isTaken = ({ key, id }: OrgRow) => key !== null || this.taken.has(id);
    return { work, chosenId, matched: match(wanted, this.byObject(work.mapping.compiled.object), isTaken) };
  }

  private adopt(work: LinkWork, row: OrgRow, candidate: Candidate | null): void {
    this.adopted.set(work.rowId, { candidate, row: foundRow(work, row) });
    this.taken.add(row.id);
    if (work.mapping.compiled.object === "Account") this.accounts.set(row.id, work.key);
  }
}

function soleCandidate({ candidates }: Matched): Candidate | null {
  const [only, ...others] = candidates;
  return only && others.length === 0 && only.doubt === null ? only : null;
}

function rivalWords(rivals: readonly Judged[]): string | null {
  const [rival] = rivals;
  if (!rival) return null;
  const more = rivals.length > 1 ? ` and ${rivals.length - 1} more` : "";
  return `contact ${rival.work.record.key}${more} of S-360 fits it as well`;
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
