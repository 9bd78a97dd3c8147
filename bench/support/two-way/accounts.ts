/** Every edit accounted for: what became of each, by evidence outside of the connector where there is any. */
import type { Comparable, TwoWayField } from "./fields";
import { fields, titles } from "./fields";
import type { Edit } from "./editor";
import type { OrgCall, VenueCall } from "./sides";

/** What both sides hold of a field in the end. */
export interface Held {
  readonly s360: Comparable;
  readonly salesforce: Comparable;
}

/** A conflict that an attempt tells. */
export interface ToldConflict {
  readonly key: string;
  readonly at: number;
  readonly target: string;
  readonly s360: unknown;
  readonly salesforce: unknown;
  readonly winner: "s360" | "salesforce";
}

/** What an attempt has written, its answer lost or not, by Salesforce field. */
export interface ToldWrite {
  readonly key: string;
  /** The side whose values these were. */
  readonly from: Edit["side"];
  readonly at: number;
  readonly values: Readonly<Record<string, unknown>>;
  /** What was agreed until then. */
  readonly before: Readonly<Record<string, unknown>>;
}

export interface Evidence {
  readonly ownerOf: (target: string) => Edit["side"];
  readonly held: (key: string, field: string) => Held;
  readonly conflicts: readonly ToldConflict[];
  readonly writes: readonly ToldWrite[];
  /** Keys of records that ended failed or in review. */
  readonly stopped: ReadonlySet<string>;
  readonly venueCalls: readonly VenueCall[];
  readonly orgCalls: readonly OrgCall[];
}

export const fates = [
  /** Both sides hold it. */
  "held",
  /** Somebody edited the same field later. */
  "followed",
  /** Both sides had changed the field, and an attempt tells that the other one's value stayed. */
  "overruled",
  /** It went back to what both sides had agreed on, so that only the other side had changed, or none. */
  "returned",
  /** A title or salutation that has no counterpart: it stays on its own side. */
  "keptOnItsSide",
  /** A title without a counterpart says nothing in Salesforce: a salutation that was chosen there took its place. */
  "replacedTitle",
  /** The record is failed or in review. */
  "stopped",
  /** An operator's form put back what the API had just written. */
  "putBackByForm",
  /** Made between the connector's read of the contact and its save. */
  "betweenReadAndSave",
  /** Made between the connector's read of the row and its write. */
  "betweenReadAndWrite",
  "unaccounted",
] as const;
export type Fate = (typeof fates)[number];

export interface Accounted {
  readonly edit: Edit;
  readonly fate: Fate;
}

export function accountFor(edits: readonly Edit[], evidence: Evidence): readonly Accounted[] {
  const groups = new Map<string, Edit[]>();
  for (const edit of edits) {
    const name = `${edit.key} ${edit.field}`;
    groups.set(name, [...(groups.get(name) ?? []), edit]);
  }
  const crossed = edits.filter((edit) => edit.crossed);
  return [...groups.values()].flatMap((group) => accountGroup(group, evidence, crossed));
}

/** The edits of one field of one contact, judged from the last to the first: an edit that came to nothing follows none. */
function accountGroup(
  group: readonly Edit[],
  evidence: Evidence,
  crossed: readonly Edit[],
): readonly Accounted[] {
  const judged: Accounted[] = [];
  for (const edit of group.toSorted((a, b) => b.until - a.until)) {
    const earlier = group.filter(({ until }) => until < edit.from);
    const fate = wentBack(edit, earlier, evidence) ? "returned" : fateOf(edit, judged, evidence, crossed);
    judged.push({ edit, fate });
  }
  return judged;
}

/** A side says again what it said before, while each keeps its own; what it said in between was never carried. */
function wentBack(edit: Edit, earlier: readonly Edit[], { held, writes }: Evidence): boolean {
  const { s360, salesforce } = held(edit.key, edit.field);
  const [own, other] = edit.side === "s360" ? [s360, salesforce] : [salesforce, s360];
  const start = earlier.findLast(({ side, was }) => side === edit.side && was === edit.value);
  if (own !== edit.value || !hasNoCounterpart({ ...edit, value: other }) || !start) return false;
  return !writes.some(
    ({ key, at, values }) => key === edit.key && at >= start.from && Object.hasOwn(values, edit.target),
  );
}

function fateOf(edit: Edit, later: readonly Accounted[], evidence: Evidence, crossed: readonly Edit[]): Fate {
  const { s360, salesforce } = evidence.held(edit.key, edit.field);
  if (edit.value === s360 && edit.value === salesforce) return "held";
  if (evidence.conflicts.some((conflict) => overrules(conflict, edit))) return "overruled";
  if (later.some((one) => follows(one, edit, evidence))) return "followed";
  if (evidence.writes.some((write) => isReturn(write, edit))) return "returned";
  const own = edit.side === "s360" ? s360 : salesforce;
  if (own === edit.value && hasNoCounterpart(edit)) return "keptOnItsSide";
  if (evidence.writes.some((write) => replacesTitle(write, edit))) return "replacedTitle";
  if (evidence.stopped.has(edit.key)) return "stopped";
  if (edit.side === "salesforce" && crossed.some((form) => putBack(form, edit))) return "putBackByForm";
  if (edit.side === "s360" && betweenReadAndSave(edit, evidence.venueCalls)) return "betweenReadAndSave";
  if (edit.side === "salesforce" && betweenReadAndWrite(edit, evidence)) return "betweenReadAndWrite";
  return "unaccounted";
}

/**
 * People of the same side replaced it themselves, or those of the other side did. Where its own side owns the field, the
 * other one's edit counts only if it was made on top of this one: otherwise both had changed it, and this one had to stay.
 */
function follows({ edit: other, fate }: Accounted, edit: Edit, { ownerOf, writes }: Evidence): boolean {
  if (other.side === edit.side) return true;
  if (!["held", "followed", "keptOnItsSide"].includes(fate)) return false;
  const { target } = edit;
  if (ownerOf(target) !== edit.side) return true;
  return writes.some(
    ({ key, from, at, values }) =>
      from === edit.side &&
      key === edit.key &&
      at < other.until + settlingMs &&
      fieldOf(target)?.ofOrg(values[target]) === edit.value,
  );
}

function isReturn({ key, from, at, before, values }: ToldWrite, edit: Edit): boolean {
  if (key !== edit.key || from === edit.side || at < edit.from || !Object.hasOwn(values, edit.target))
    return false;
  return fieldOf(edit.target)?.ofOrg(before[edit.target] ?? null) === edit.value;
}

function replacesTitle({ key, from, at, values }: ToldWrite, edit: Edit): boolean {
  if (edit.side !== "s360" || !hasNoCounterpart(edit)) return false;
  return from === "salesforce" && key === edit.key && at >= edit.from && Object.hasOwn(values, edit.target);
}

function overrules(conflict: ToldConflict, edit: Edit): boolean {
  if (conflict.key !== edit.key || conflict.winner === edit.side || conflict.at < edit.from) return false;
  const field = fieldOf(conflict.target);
  return field?.name === edit.field && field.ofOrg(conflict[edit.side]) === edit.value;
}

function targetIn(values: Readonly<Record<string, unknown>>, field: string): string | undefined {
  return Object.keys(values).find((target) => fieldOf(target)?.name === field);
}

function fieldOf(target: string): TwoWayField | undefined {
  return fields.find(({ inOrg }) => Object.values(inOrg).includes(target));
}

export function hasNoCounterpart({ field, value }: Pick<Edit, "field" | "value">): boolean {
  return field === "salutation" && value !== null && !Object.values(titles).includes(value);
}

/** How long a call may have waited before it was served: the slowest fault. */
const slowestMs = 900;

function betweenReadAndSave({ key, from, until }: Edit, calls: readonly VenueCall[]): boolean {
  const own = calls.filter(({ contactNumber }) => contactNumber === key);
  return own.some((save, index) => {
    if (!save.method.startsWith("save")) return false;
    const read = own.slice(0, index).findLast(({ method }) => method === "getContactData");
    if (!read) return false;
    return Date.parse(read.at) <= until && from <= Date.parse(save.at) + slowestMs;
  });
}

function betweenReadAndWrite(edit: Edit, { orgCalls: calls, writes }: Evidence): boolean {
  const settled = writes.filter(
    ({ key, from, at, values }) =>
      from === "s360" && key === edit.key && at >= edit.from && targetIn(values, edit.field) !== undefined,
  );
  return calls.some((write, index) => {
    const doneAt = Date.parse(write.at) + write.durationMs;
    if (!isWrite(write) || !settled.some(({ at }) => at >= doneAt && at - doneAt < settlingMs)) return false;
    const read = calls.slice(0, index).findLast(isRead);
    if (!read || Date.parse(write.at) - Date.parse(read.at) > settlingMs) return false;
    return Date.parse(read.at) <= edit.until && edit.from <= doneAt;
  });
}

/** How soon after the write its attempt is stored. */
const settlingMs = 5_000;

/** Within seconds of the edit, by a form that had been read before the API's save. */
function putBack(form: Edit, edit: Edit): boolean {
  return form.key === edit.key && form.from >= edit.from && form.from - edit.from < crossingMs;
}

/** An edit in Salesforce is saved in S-360 within a poll and what faults may delay. */
const crossingMs = 60_000;

/** Rows read by their ids. */
function isRead({ subrequests = [] }: OrgCall): boolean {
  return subrequests.some(({ method, url }) => method === "POST" && /\/composite\/sobjects\/\w+$/.test(url));
}

function isWrite({ method, subrequests = [] }: OrgCall): boolean {
  return method === "PATCH" || subrequests.some((part) => part.method === "PATCH");
}
