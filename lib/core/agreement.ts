/**
 * What both sides of a two-way field last agreed on. The two systems may keep one value in different forms (a flow spaces
 * a phone number, S-360 writes it its own way), so the agreement is a pair: how S-360 has it, told in the target field's
 * canonical form (the base), and how Salesforce has it. A side has changed when it differs from its own half.
 */
import { sameValue } from "./canonical";
import type { CanonicalFields, CanonicalValue, FieldDescribe } from "./side";
import type { Direction } from "./words";

/** By target field: the form in which Salesforce keeps the agreed value. */
export type Agreement = CanonicalFields;

/** A field of a record that both sides had changed, and who won. */
export interface FieldConflict {
  readonly field: string;
  readonly before: CanonicalValue;
  readonly s360: CanonicalValue;
  readonly salesforce: CanonicalValue;
  readonly winner: "s360" | "salesforce";
}

export interface FieldTrace {
  /** We wrote it to Salesforce and have not seen since what Salesforce made of it. */
  readonly unseen?: boolean;
  /** The way it was last carried. */
  readonly carried?: Direction;
  /** How often in a row it came back changed, without a person. */
  readonly bounces?: number;
  /** What S-360 held before our last write to it: until then, a call that still says so may be older than the write. */
  readonly replaced?: Replaced;
  /** Such a call came: S-360 has to be asked what it holds now. */
  readonly doubtful?: boolean;
  /** What we set out to write to S-360, noted before the call: should its answer be lost, its echo is known as ours. */
  readonly sent?: Sent;
  /** It was emptied because S-360 had anonymised the contact. */
  readonly blanked?: boolean;
}

export interface Replaced {
  readonly values: readonly CanonicalValue[];
  readonly until: string;
}

export interface Sent {
  readonly s360: CanonicalValue;
  readonly salesforce: CanonicalValue;
  /** The conflict that it settles: told once it is known to have arrived. */
  readonly conflict?: FieldConflict;
}

export type FieldTraces = Readonly<Record<string, FieldTrace>>;

/** A record as the change feed last told it. */
export interface HeldRow {
  readonly stamp: string;
  readonly fields: CanonicalFields;
  readonly modifiedBy: { readonly id: string; readonly name: string | null; readonly person: boolean };
  /** The Sync ID it carries. */
  readonly key?: string | null;
  /** Its Account, for contacts. */
  readonly accountId?: string | null;
  /** Some fields were written by us since: they are what we sent, not what Salesforce told. */
  readonly assumed?: boolean;
}

/** A link's memory of what was agreed. */
export interface Agreed {
  readonly base: CanonicalFields;
  readonly stored: Agreement;
  readonly traces: FieldTraces;
}

/** How Salesforce has the agreed value; undefined when nothing was agreed yet. */
export function agreedInSalesforce({ base, stored }: Agreed, field: string): CanonicalValue | undefined {
  return Object.hasOwn(stored, field) ? stored[field] : base[field];
}

/** Whether Salesforce holds something else than what was agreed; where nothing was agreed yet, whether it holds anything. */
export function changedInSalesforce(agreed: Agreed, value: CanonicalValue, field: FieldDescribe): boolean {
  const known = agreedInSalesforce(agreed, field.name);
  return known === undefined ? value !== null : !sameValue(known, value, field);
}

/** How often a value may come back changed without a person before it is frozen (design §2.7). */
export const mostBounces = 3;

/** The agreement once S-360's values have been written to Salesforce. `written`: the fields that were sent. */
export function agreedAfterIn(
  agreed: Agreed,
  base: CanonicalFields,
  written: readonly string[],
  twoWay: ReadonlySet<string>,
  doubtful: readonly string[] = [],
): Agreed {
  const stored: Record<string, CanonicalValue> = {};
  for (const [name, value] of Object.entries(agreed.stored)) {
    // Written anew, or agreed on in another way since: how Salesforce keeps it is not known any more.
    if (!written.includes(name) && agreed.base[name] === base[name]) stored[name] = value;
  }
  const traces: Record<string, FieldTrace> = {};
  for (const [name, { doubtful: _, blanked: __, ...trace }] of Object.entries(agreed.traces)) {
    traces[name] = doubtful.includes(name) ? { ...trace, doubtful: true } : trace;
  }
  for (const name of written) {
    const { sent: _, replaced: __, ...trace } = traces[name] ?? {};
    if (twoWay.has(name)) traces[name] = { ...trace, unseen: true, carried: "in" };
  }
  return { base, stored, traces };
}

/**
 * How often the value will have bounced once it is carried to S-360; a person's edit ends the row. `contested`: S-360 had
 * changed the field as well.
 */
export function bouncesWhenSent(trace: FieldTrace | undefined, byPerson: boolean, contested = false): number {
  if (byPerson) return 0;
  return (trace?.bounces ?? 0) + (trace?.carried === "in" || contested ? 1 : 0);
}

/**
 * What S-360 says that we ourselves wrote, although no answer told us so: from then on it is agreed. `values` are what the
 * mapping makes of what S-360 says, by target field.
 */
export function acknowledge(
  agreed: Agreed,
  values: ReadonlyMap<string, CanonicalValue>,
  describe: ReadonlyMap<string, FieldDescribe>,
  staleUntil: string,
): Agreed {
  const base: Record<string, CanonicalValue> = { ...agreed.base };
  const stored: Record<string, CanonicalValue> = { ...agreed.stored };
  const traces: Record<string, FieldTrace> = { ...agreed.traces };
  for (const [name, { sent, ...trace }] of Object.entries(agreed.traces)) {
    const field = describe.get(name);
    const value = values.get(name);
    if (!sent || !field || value === undefined || !sameValue(value, sent.s360, field)) continue;
    const replaced = replacedBy(agreed.base[name] ?? null, sent.conflict, staleUntil);
    traces[name] = { ...trace, carried: "out", replaced };
    base[name] = value;
    stored[name] = sent.salesforce;
  }
  return { base, stored, traces };
}

/** What our write to S-360 took the place of: what was agreed and, in a conflict, what S-360 had made of it since. */
export function replacedBy(
  before: CanonicalValue,
  conflict: FieldConflict | undefined,
  until: string,
): Replaced {
  return { values: conflict ? [before, conflict.s360] : [before], until };
}

/** A field that S-360 has of an earlier write, though its answer was lost. */
export interface Arrived extends Sent {
  readonly field: string;
  /** What was agreed until then. */
  readonly before: CanonicalValue;
}

/** What acknowledging has shown to have arrived. */
export function arrivedBetween(before: Agreed, after: Agreed): Arrived[] {
  return Object.entries(before.traces).flatMap(([field, { sent }]) =>
    sent && !after.traces[field]?.sent ? [{ ...sent, field, before: before.base[field] ?? null }] : [],
  );
}

/** The conflicts that were settled by it: whoever set out to tell them may have been stopped before. */
export function conflictsOf(arrived: readonly Arrived[]): FieldConflict[] {
  return arrived.flatMap(({ conflict }) => (conflict ? [conflict] : []));
}

/** S-360 has said for certain that what was to be sent is not there: it refused it, or holds something else. */
export function notSent(agreed: Agreed): Agreed {
  const traces = Object.fromEntries(
    Object.entries(agreed.traces).map(([name, { sent: _, ...trace }]) => [name, trace]),
  );
  return { ...agreed, traces };
}
