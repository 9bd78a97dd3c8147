/** What a person decided of several matches, as it is kept with the record until it is carried out. */
const prefix = "match";
const none = "new";
const named = "named-";

export type MatchChoice =
  /** One of those that the matching rules found: it has to fit still. */
  | { readonly kind: "adopt"; readonly id: string }
  /** One that a duplicate rule of the org named: the matching rules need not find it. */
  | { readonly kind: "named"; readonly id: string }
  | { readonly kind: "create" };

/** @param id the Salesforce record that it is; null: none, a new one is made */
export function matchWaiver(mappingId: number, id: string | null): string {
  return [prefix, mappingId, id ?? none].join(":");
}

/** @param id the record named by a duplicate rule of the org that it is */
export function namedWaiver(mappingId: number, id: string): string {
  return matchWaiver(mappingId, `${named}${id}`);
}

/** What all answers to the same question as this one begin with; an answer of another kind is the only one to its own. */
export function answersWith(waiver: string): string {
  return isMatchWaiver(waiver) ? waiver.slice(0, waiver.lastIndexOf(":") + 1) : waiver;
}

export function isMatchWaiver(waiver: string): boolean {
  return waiver.startsWith(`${prefix}:`);
}

/** What was decided for one mapping of a record; null while nothing was. */
export function matchChoiceOf(waived: readonly string[], mappingId: number): MatchChoice | null {
  const start = [prefix, mappingId, ""].join(":");
  const waiver = waived.find((one) => one.startsWith(start));
  if (waiver === undefined) return null;
  const id = waiver.slice(start.length);
  if (id === none) return { kind: "create" };
  return id.startsWith(named) ? { kind: "named", id: id.slice(named.length) } : { kind: "adopt", id };
}
