/** Values that the fields behind a value map take. Pure. */
import { closest } from "@/lib/core/closest";
import { shortened } from "@/lib/core/shortened";
import type { Scalar } from "@/lib/core/mapping/value-maps/value-map";
import type { UsedField } from "@/lib/mappings/value-map-contract";

/** Of the list that inputs for values name. */
export const offeredListId = "value-map-offered";

/** Each value once, in the order of the picklists. */
export function offeredTexts(offered: readonly UsedField[]): readonly string[] {
  return [...new Set(offered.flatMap(({ values }) => values))];
}

/** What speaks against a value. */
export interface Caution {
  readonly sentence: string;
  /** What was likely meant. */
  readonly meant: string | null;
  /** Salesforce will refuse the records. */
  readonly isRefused: boolean;
}

const mostNamed = 12;

/** Picklists that lack a value; null when nothing speaks against it. An expression may still make another of it. */
export function cautionAbout(value: Scalar, offered: readonly UsedField[]): Caution | null {
  const parts = String(value ?? "")
    .split(";")
    .map((part) => part.trim())
    .filter((part) => part !== "");
  const isListed = (part: string, values: readonly string[]) =>
    values.some((each) => folded(each) === folded(part));
  const lacking = offered.filter(
    ({ restricted, values }) =>
      (restricted || values.length > 0) && parts.some((part) => !isListed(part, values)),
  );
  const [field] = [...lacking.filter(({ restricted }) => restricted), ...lacking];
  if (!field) return null;
  const { restricted, values } = field;
  const others = lacking.filter((each) => each.restricted === restricted);
  const wrong = parts.find((part) => !isListed(part, values)) ?? "";
  const near = parts.length === 1 ? closest(wrong, values) : null;
  const labels = [...new Set(others.map(({ label }) => label))].join(" and ");
  return { sentence: sentenceOf(labels, wrong, field), meant: near, isRefused: restricted };
}

function sentenceOf(labels: string, wrong: string, { restricted, values }: UsedField): string {
  const more = values.length - mostNamed;
  const listed = values.slice(0, mostNamed).join(", ") + (more > 0 ? ` and ${more} more` : "");
  const rest = values.length === 0 ? "no value at all" : listed;
  return restricted
    ? `“${shortened(wrong)}” is not in the picklist of ${labels}, and Salesforce refuses it. It takes ${rest.replace(/\.$/, "")}.`
    : `“${shortened(wrong)}” is not in the picklist of ${labels}, which lists ${rest.replace(/\.$/, "")}. Salesforce takes it all the same.`;
}

function folded(text: string): string {
  return text.trim().toLowerCase();
}
