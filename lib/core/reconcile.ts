/**
 * Three views of a field that goes both ways: what was agreed, what S-360 says now, what Salesforce holds now. Says who
 * writes, and whose value stays where both have changed (design §1 base, §2.7). Pure.
 */
import { agreedInSalesforce, changedInSalesforce, type Agreed, type FieldConflict } from "./agreement";
import { sameValue } from "./canonical";
import type { Decision } from "./decide";
import type { CanonicalFields, CanonicalValue, FieldDescribe } from "./side";

export type Owner = "s360" | "salesforce";

export interface CurrentRow {
  /** Of the fields that go both ways. */
  readonly fields: CanonicalFields;
  /** The connector itself wrote the row last. */
  readonly byUs: boolean;
}

interface Rules {
  readonly describe: ReadonlyMap<string, FieldDescribe>;
  /** Whose value stays when both sides changed the field. */
  readonly ownerOf: (field: string) => Owner;
}

export interface Reconciled {
  readonly decision: Decision;
  readonly conflicts: readonly FieldConflict[];
  /** What was agreed, with what is now known of Salesforce's half. */
  readonly agreed: Agreed;
  /** Somebody edited a field that is not overwritten: it has to go back to S-360. */
  readonly edited: boolean;
}

/**
 * What is left to write to Salesforce once it is known what the record holds there right now. A person's edit that was
 * not read yet is overwritten only where S-360 changed the same field and owns it.
 */
export function reconcileIn(
  decision: Decision,
  before: Agreed,
  current: CurrentRow,
  { describe, ownerOf }: Rules,
): Reconciled {
  const { agreed, edits } = look(before, current, describe);
  const fields: Record<string, CanonicalValue> = { ...decision.fields };
  const base: Record<string, CanonicalValue> = { ...decision.base };
  const conflicts: FieldConflict[] = [];
  for (const [name, s360] of Object.entries(decision.fields)) {
    const field = describe.get(name);
    if (!field || !Object.hasOwn(current.fields, name)) continue;
    const salesforce = current.fields[name] ?? null;
    if (sameValue(s360, salesforce, field)) {
      Reflect.deleteProperty(fields, name);
      edits.delete(name);
    } else if (edits.has(name)) {
      const winner = ownerOf(name);
      conflicts.push({
        field: name,
        before: agreedInSalesforce(agreed, name) ?? null,
        s360,
        salesforce,
        winner,
      });
      if (winner === "s360") edits.delete(name);
      else {
        Reflect.deleteProperty(fields, name);
        keepBase(base, agreed, name);
      }
    }
  }
  const kept = Object.keys(fields);
  const replaced = Object.fromEntries(kept.map((name) => [name, decision.before[name] ?? null]));
  const verb = decision.verb === "update" && kept.length === 0 ? "unchanged" : decision.verb;
  return {
    decision: { verb, fields, before: replaced, base },
    conflicts,
    agreed,
    edited: edits.size > 0,
  };
}

/** Tells edits of people from what Salesforce made of our own last write; afterwards nothing is unseen. */
function look(agreed: Agreed, current: CurrentRow, describe: Rules["describe"]) {
  const stored: Record<string, CanonicalValue> = { ...agreed.stored };
  const traces = { ...agreed.traces };
  const edits = new Set<string>();
  for (const [name, salesforce] of Object.entries(current.fields)) {
    const field = describe.get(name);
    if (!field) continue;
    const { unseen = false, ...trace } = traces[name] ?? {};
    if (changedInSalesforce(agreed, salesforce, field)) {
      if (unseen && current.byUs) stored[name] = salesforce;
      else edits.add(name);
    }
    if (unseen) traces[name] = trace;
  }
  return { agreed: { base: agreed.base, stored, traces }, edits };
}

function keepBase(base: Record<string, CanonicalValue>, agreed: Agreed, name: string): void {
  if (Object.hasOwn(agreed.base, name)) base[name] = agreed.base[name] ?? null;
  else Reflect.deleteProperty(base, name);
}

/**
 * Fields for which S-360 says what it held before our last write to it: the call may have been made up before that write
 * (a payload is sent again for hours, s360.md §1.2). They are left as they are until S-360 has been asked.
 */
export function withholdStale(
  decision: Decision,
  agreed: Agreed,
  describe: ReadonlyMap<string, FieldDescribe>,
  now: string,
): { readonly decision: Decision; readonly doubtful: readonly string[] } {
  const doubtful = Object.entries(decision.fields).flatMap(([name, value]) => {
    const replaced = agreed.traces[name]?.replaced;
    const field = describe.get(name);
    if (!field || !replaced || replaced.until <= now) return [];
    return replaced.values.some((known) => sameValue(known, value, field)) ? [name] : [];
  });
  if (doubtful.length === 0) return { decision, doubtful };
  const without = (fields: CanonicalFields) =>
    Object.fromEntries(Object.entries(fields).filter(([name]) => !doubtful.includes(name)));
  const fields = without(decision.fields);
  const base: Record<string, CanonicalValue> = { ...decision.base };
  for (const name of doubtful) keepBase(base, agreed, name);
  const verb = Object.keys(fields).length === 0 ? "unchanged" : decision.verb;
  return { decision: { verb, fields, before: without(decision.before), base }, doubtful };
}

/** How one field that changed in Salesforce goes on, once S-360 has been read. */
export type OutStep =
  | { readonly step: "send" }
  /** Both hold the same by now. */
  | { readonly step: "agree" }
  | { readonly step: "conflict"; readonly conflict: FieldConflict };

/** `s360`: what the mapping makes of the contact now; undefined when it says nothing. */
export function reconcileOut(
  field: FieldDescribe,
  agreed: Agreed,
  values: { readonly s360: CanonicalValue | undefined; readonly salesforce: CanonicalValue },
  owner: Owner,
): OutStep {
  const { s360, salesforce } = values;
  if (s360 !== undefined && sameValue(s360, salesforce, field)) return { step: "agree" };
  const base = agreed.base[field.name];
  // Where nothing was agreed yet, a side that holds nothing has not said so.
  const changedThere =
    s360 !== undefined && (base === undefined ? s360 !== null : !sameValue(base, s360, field));
  if (!changedThere) return { step: "send" };
  const before = base ?? null;
  return { step: "conflict", conflict: { field: field.name, before, s360, salesforce, winner: owner } };
}
