/** Queries for records which are only alike: an OR of rules, each an AND of what its fields hold. */
import type { FindRequest, Likeness } from "@/lib/core/side";
import { fieldLiteral } from "./field-literal";
import { missingField, type ObjectPlan } from "./object-plan";
import { QUERY_BYTES, queryBytes, soqlName } from "./soql";

export const personFlag = "IsPersonAccount";

/** What is asked once, for all the keys that ask for it. */
export interface AlikeEntry {
  readonly likeness: Likeness;
  /** By field of the likeness. */
  readonly literals: readonly string[];
  readonly keys: ReadonlySet<string>;
}

export interface AlikePage {
  readonly entries: readonly AlikeEntry[];
  readonly condition: string;
}

/** What no record can hold is left out. Throws FaultError for a field that the org lacks. */
export function alikeEntries(
  { alike = new Map() }: Pick<FindRequest, "alike">,
  plan: ObjectPlan,
): readonly AlikeEntry[] {
  const entries = new Map<string, AlikeEntry & { readonly keys: Set<string> }>();
  for (const [key, likenesses] of alike)
    for (const likeness of likenesses) {
      const literals = literalsOf(likeness, plan);
      if (!literals) continue;
      const name = JSON.stringify([signatureOf(likeness), literals]);
      const entry = entries.get(name) ?? { likeness, literals, keys: new Set() };
      entry.keys.add(key);
      entries.set(name, entry);
    }
  return [...entries.values()];
}

/**
 * As few queries as the bytes of one allow; `fixedBytes` are those of what comes before. Patterns are slow where the org is
 * large, so a rule that compares by them has queries of its own: they may fail without the others.
 */
export function alikePages(
  entries: readonly AlikeEntry[],
  plan: ObjectPlan,
  fixedBytes: number,
): readonly AlikePage[] {
  const byKind = grouped(entries, (entry) => (isLike(entry) ? signatureOf(entry.likeness) : ""));
  return [...byKind.values()].flatMap((kind) => {
    const listed = listedFields(kind);
    return inPages(kind, listed, plan, fixedBytes).map((page) => toPage(page, listed, plan));
  });
}

/** Some entries in one query. */
export function alikePage(entries: readonly AlikeEntry[], plan: ObjectPlan): AlikePage {
  return toPage(entries, listedFields(entries), plan);
}

function toPage(entries: readonly AlikeEntry[], listed: Listed, plan: ObjectPlan): AlikePage {
  const groups = grouped(entries, (entry) => groupName(entry, listed));
  const conditions = [...groups.values()].map((group) => `(${groupSoql(group, listed, plan)})`);
  return { entries, condition: conditions.join(" OR ") };
}

function inPages(
  entries: readonly AlikeEntry[],
  listed: Listed,
  plan: ObjectPlan,
  fixedBytes: number,
): AlikeEntry[][] {
  const pages: AlikeEntry[][] = [];
  let groups = new Set<string>();
  let bytes = Infinity;
  // Those that share a group come one after the other, so that it is named once.
  const groupOf = (entry: AlikeEntry) => groupName(entry, listed);
  for (const entry of [...grouped(entries, groupOf).values()].flat()) {
    const name = groupOf(entry);
    const more = queryBytes(memberSoql(entry, listed) + (isLike(entry) ? " OR " : ","));
    const whole = queryBytes(` OR (${groupSoql([entry], listed, plan)})`);
    const size = groups.has(name) ? more : whole;
    if (fixedBytes + bytes + size > QUERY_BYTES) {
      pages.push([]);
      groups = new Set();
      bytes = 0;
    }
    bytes += groups.has(name) ? more : whole;
    groups.add(name);
    pages.at(-1)?.push(entry);
  }
  return pages;
}

/** By rule, which of its fields is listed: the one with most values. The others are named for each list. */
type Listed = ReadonlyMap<string, number>;

/**
 * Several fields are never several lists: first names by last names would find every pairing, far more than was asked for.
 */
function listedFields(entries: readonly AlikeEntry[]): Listed {
  const values = new Map<string, Set<string>[]>();
  for (const { likeness, literals } of entries) {
    const signature = signatureOf(likeness);
    const ofRule = values.get(signature) ?? literals.map(() => new Set<string>());
    for (const [index, literal] of literals.entries()) ofRule[index]?.add(literal);
    values.set(signature, ofRule);
  }
  return new Map(
    [...values].map(([signature, ofRule]) => {
      const most = Math.max(...ofRule.map(({ size }) => size));
      return [signature, ofRule.findIndex(({ size }) => size === most)];
    }),
  );
}

function groupName({ likeness, literals }: AlikeEntry, listed: Listed): string {
  const signature = signatureOf(likeness);
  const index = listed.get(signature) ?? 0;
  return JSON.stringify([signature, literals.toSpliced(index, 1)]);
}

/** Entries that differ in the listed field only. */
function groupSoql(entries: readonly AlikeEntry[], listed: Listed, plan: ObjectPlan): string {
  const [first] = entries;
  if (!first) return "";
  const { fields, person } = first.likeness;
  const index = listed.get(signatureOf(first.likeness)) ?? 0;
  const parts = fields.map(({ name, is }, nth) => {
    if (nth !== index) return comparison(name, is, first.literals[nth] ?? "");
    const members = entries.map((entry) => memberSoql(entry, listed));
    return is === "like" ? `(${members.join(" OR ")})` : `${soqlName(name)} IN (${members.join(",")})`;
  });
  if (person !== null && plan.fields.has(personFlag)) parts.push(`${personFlag} = ${person}`);
  return parts.join(" AND ");
}

/** What one more entry adds to its group. */
function memberSoql({ likeness, literals }: AlikeEntry, listed: Listed): string {
  const index = listed.get(signatureOf(likeness)) ?? 0;
  const field = likeness.fields[index];
  const literal = literals[index] ?? "";
  return field?.is === "like" ? comparison(field.name, "like", literal) : literal;
}

function comparison(name: string, is: "equal" | "like", literal: string): string {
  return `${soqlName(name)} ${is === "like" ? "LIKE" : "="} ${literal}`;
}

function literalsOf({ fields }: Likeness, plan: ObjectPlan): readonly string[] | null {
  const literals = fields.map(({ name, is, value }) => {
    const field = plan.fields.get(name);
    if (!field) throw missingField(plan.describe, name);
    return fieldLiteral(String(value), is === "like" ? { ...field, length: 0 } : field);
  });
  return literals.every((literal) => literal !== null) ? literals : null;
}

function grouped(entries: readonly AlikeEntry[], nameOf: (entry: AlikeEntry) => string) {
  const groups = new Map<string, AlikeEntry[]>();
  for (const entry of entries) {
    const group = groups.get(nameOf(entry));
    if (group) group.push(entry);
    else groups.set(nameOf(entry), [entry]);
  }
  return groups;
}

function isLike({ likeness }: AlikeEntry): boolean {
  return likeness.fields.some(({ is }) => is === "like");
}

function signatureOf({ fields, person }: Likeness): string {
  return `${person} ${fields.map(({ name, is }) => `${is} ${name}`).join(" ")}`;
}
