/** What a person decided of several matches, as it is kept with the record until it is carried out. */
const prefix = "match";
const none = "new";

export type MatchChoice = { readonly kind: "adopt"; readonly id: string } | { readonly kind: "create" };

/** @param id the Salesforce record that it is; null: none, a new one is made */
export function matchWaiver(mappingId: number, id: string | null): string {
  return [prefix, mappingId, id ?? none].join(":");
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
  return id === none ? { kind: "create" } : { kind: "adopt", id };
}
