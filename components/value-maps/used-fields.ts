/** Values that the fields behind a value map take. Pure. */
import type { Scalar } from "@/lib/core/mapping/value-maps/value-map";
import type { UsedField } from "@/lib/mappings/value-map-contract";

/** Of the list that inputs for values name. */
export const offeredListId = "value-map-offered";

/** Each value once, in the order of the picklists. */
export function offeredTexts(offered: readonly UsedField[]): readonly string[] {
  return [...new Set(offered.flatMap(({ values }) => values))];
}

/** What Salesforce will say to a value; undefined when nothing speaks against it. An expression may still make another of it. */
export function cautionAbout(value: Scalar, offered: readonly UsedField[]): string | undefined {
  const parts = String(value ?? "")
    .split(";")
    .map(folded)
    .filter((part) => part !== "");
  const refusing = offered.filter(({ restricted, values }) => {
    const taken = new Set(values.map(folded));
    return restricted && parts.some((part) => !taken.has(part));
  });
  if (refusing.length === 0) return undefined;
  return `Not one of the values that ${[...new Set(refusing.map(({ label }) => label))].join(" and ")} takes.`;
}

function folded(text: string): string {
  return text.trim().toLowerCase();
}
