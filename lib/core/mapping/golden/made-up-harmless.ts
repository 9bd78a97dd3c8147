/**
 * What of a record is of no person, and stays: only members that S-360's documentation names for codes, yes and no, things
 * sold, their amounts and times. Whatever else there is may be somebody's.
 */
import { memberOf, sourceModel, type SourceMember, type SourceType } from "../source-model";

/** What may stand at a place of a source; null where S-360's documentation knows nothing. */
export type Place = readonly SourceMember[] | null;

/** A contact has other members than `{ operation, order }`. */
export function rootOf(source: unknown): Place {
  const isSale =
    typeof source === "object" &&
    source !== null &&
    (Object.hasOwn(source, "operation") || Object.hasOwn(source, "order"));
  return sourceModel(isSale ? "operation" : "individual");
}

/** A member of what stands at a place. */
export function memberAt(place: Place, name: string): SourceMember | null {
  return (place && memberOf(place, name)) ?? sold.get(name) ?? null;
}

const harmlessTypes: ReadonlySet<SourceType> = new Set([
  "code",
  "boolean",
  "number",
  "money",
  "date",
  "dateTime",
]);

/** Texts about what is sold, and by whom, not to whom. */
const aboutThings: ReadonlySet<string> = new Set(
  (
    "product performance itemDisplayExternalDesignation audienceSubCategory contingent advantage space round " +
    "salesChannelName symbol"
  ).split(" "),
);

/** Of operations, besides the model (s360.md §2.3). */
const sold: ReadonlyMap<string, SourceMember> = new Map(
  (
    [
      ["code", "productFamilySubType vatCountryCode siteCode spaceCode"],
      ["number", "vatRate audienceCatId audienceSubCategoryRank fractionDigit"],
      ["money", "withoutVatTotalAmount"],
      ["boolean", "selfPaidVat isNominative numbered exchangeable transferable resumed"],
    ] as const
  ).flatMap(([type, names]) =>
    names.split(" ").map((name) => [name, { name, type, list: false, members: [] }] as const),
  ),
);

/** A text of letters and digits without a space: what lines choose and look up by. */
const codeForm = /^[\p{L}\p{N}][\p{L}\p{N}_.:/+-]{0,59}$/u;
const momentForm = /^\d{4}-\d{2}-\d{2}([T ][\d:.]+(Z|[+-]\d{2}:?\d{2})?)?$/;
const numberForm = /^[+-]?\d+(\.\d+)?$/;

/** Two or three letters that say where from, in which tongue or money; whoever named the member. */
const common =
  /^(language|country|nationality|currency|gender|sex|sprache|land|nationalitaet|waehrung|geschlecht|lingua|paese|nazionalita|sesso|idioma|pais|nacionalidad|sexo|langue|pays|nationalite|sexe)(_?code)?$/i;
const shortCode = /^\p{L}{1,3}([_-]\p{L}{2})?$/u;

/** Whether the value is what the documentation says of its member: a sentence where a code belongs is anything. */
export function isHarmless(name: string, member: SourceMember | null, value: string | number): boolean {
  if (common.test(name) && shortCode.test(String(value).trim())) return true;
  if (member === null) return false;
  if (aboutThings.has(member.name)) return true;
  const { type } = member;
  if (type === null || !harmlessTypes.has(type)) return false;
  if (typeof value === "number") return true;
  const text = value.trim();
  if (type === "code") return codeForm.test(text);
  return type === "date" || type === "dateTime" ? momentForm.test(text) : numberForm.test(text);
}
