/** Which record of the org a contact is: the verdict of its rules on what the org answered. Pure. */
import type { CanonicalFields } from "../side";
import { personName } from "./normal";
import { formOf, isAlike, type ReadyRule } from "./rules";

/** A record of the org that a rule may find. */
export interface OrgRow {
  readonly id: string;
  /** The Sync ID it carries; null for none. */
  readonly key: string | null;
  /** Whether it is a person account; null where there is no such difference. */
  readonly person: boolean | null;
  /** The Account that it stands under, for contacts. */
  readonly accountId: string | null;
  readonly fields: CanonicalFields;
}

export interface Wanted {
  readonly rules: readonly ReadyRule[];
  /** What the mapping gives for the contact. */
  readonly values: CanonicalFields;
  readonly person: boolean | null;
  /** The Sync ID that an Account is about to get; undefined for those that get none. */
  readonly becoming?: (accountId: string) => string | undefined;
}

/**
 * Why a record is not taken unasked though the fields of the rule are equal. `name`: one side has no first or last name.
 * `account`: it stands under another Account.
 */
export type Doubt = "name" | "account";

export interface Candidate {
  readonly row: OrgRow;
  readonly rule: ReadyRule;
  readonly doubt: Doubt | null;
}

export interface Matched {
  /** What the first rule found that found any: free to be taken. */
  readonly candidates: readonly Candidate[];
  /** Records that a rule found and that belong to somebody else. */
  readonly taken: readonly Candidate[];
}

/** Finds rows by the form of a rule's first field, so that a batch costs as much as its records, not their square. */
export class OrgRows {
  private readonly indexes = new Map<string, ReadonlyMap<string, readonly OrgRow[]>>();

  constructor(private readonly rows: readonly OrgRow[]) {}

  byId(id: string): OrgRow | null {
    return this.rows.find((row) => row.id === id) ?? null;
  }

  /** Rows that may be alike by the rule. */
  near({ fields, compare }: ReadyRule, values: CanonicalFields): readonly OrgRow[] {
    const [field] = fields;
    if (!field) return [];
    const name = `${compare} ${field.name}`;
    const index =
      this.indexes.get(name) ??
      indexed(this.rows, (row) => formOf(field, compare, row.fields[field.name] ?? null));
    this.indexes.set(name, index);
    const form = formOf(field, compare, values[field.name] ?? null);
    return form === "" ? [] : (index.get(form) ?? []);
  }
}

function indexed(
  rows: readonly OrgRow[],
  formOfRow: (row: OrgRow) => string,
): ReadonlyMap<string, readonly OrgRow[]> {
  const index = new Map<string, OrgRow[]>();
  for (const row of rows) {
    const form = formOfRow(row);
    const same = index.get(form);
    if (same) same.push(row);
    else index.set(form, [row]);
  }
  return index;
}

/** Rules are asked in their order, and the first that finds a free record decides. */
export function match(wanted: Wanted, rows: OrgRows, isTaken: (row: OrgRow) => boolean): Matched {
  const taken = new Map<string, Candidate>();
  for (const rule of wanted.rules) {
    const found = rows.near(rule, wanted.values).flatMap((row) => candidateOf(wanted, rule, row) ?? []);
    const free = found.filter(({ row }) => !isTaken(row));
    for (const candidate of found) if (isTaken(candidate.row)) taken.set(candidate.row.id, candidate);
    if (free.length > 0) return { candidates: free, taken: [...taken.values()] };
  }
  return { candidates: [], taken: [...taken.values()] };
}

function candidateOf({ values, person, becoming }: Wanted, rule: ReadyRule, row: OrgRow): Candidate | null {
  if (person !== null && row.person !== null && person !== row.person) return null;
  const fits = rule.fields.every((field) =>
    isAlike(field, rule.compare, values[field.name] ?? null, row.fields[field.name] ?? null),
  );
  if (!fits) return null;
  const names = rule.names ? compareNames(values, row.fields) : "same";
  if (names === "other") return null;
  const doubt = names === "unsure" ? "name" : isElsewhere(values, row, becoming) ? "account" : null;
  return { row, rule, doubt };
}

function compareNames(ours: CanonicalFields, theirs: CanonicalFields): "same" | "other" | "unsure" {
  let verdict: "same" | "unsure" = "same";
  for (const field of ["FirstName", "LastName"]) {
    const [a, b] = [personName(ours[field]), personName(theirs[field])];
    if (a === b) continue;
    if (a !== "" && b !== "") return "other";
    verdict = "unsure";
  }
  return verdict;
}

/** Taking it would move it from one Account to another. */
function isElsewhere(ours: CanonicalFields, row: OrgRow, becoming: Wanted["becoming"]): boolean {
  const to = ours["AccountId"] ?? null;
  if (to === null) return false;
  const known = row.fields["AccountId"] ?? null;
  const from = known ?? (row.accountId === null ? null : becoming?.(row.accountId));
  if (from === null) return false;
  return String(to).toLowerCase() !== String(from ?? "").toLowerCase();
}
