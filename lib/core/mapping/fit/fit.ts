/** Whether a value of S-360 fits a field of Salesforce, told before anything is saved. */
import { toDay } from "../../moments";
import type { FieldDescribe, FieldType } from "../../side";
import type { SourceKind, SourceValue } from "./source-value";
import { fieldNouns, fieldWords, quoteExample, valueWords } from "./fit-words";

/** What a field can hold, from the org's describe. */
export type FieldRoom = Pick<
  FieldDescribe,
  "label" | "type" | "length" | "restrictedPicklist" | "picklistValues"
>;

export interface Fit {
  /** `never`: no value of this kind can be written. `unlikely`: those that are known cannot. Else it fits, or nobody can tell. */
  readonly grade: "fits" | "unlikely" | "never";
  /** Why it does not fit, or what is worth knowing; null when there is nothing to say. */
  readonly sentence: string | null;
}

type Grade = Fit["grade"];

/** Null for `value`: its kind is not known, and nothing is said. */
export function fitOf(value: SourceValue | null, field: FieldRoom): Fit {
  if (!value) return { grade: "fits", sentence: null };
  const grade = gradeOf(value, field);
  if (grade === "fits") return { grade, sentence: noteOn(value, field) };
  const sentence = isUnlisted(value, field)
    ? `${field.label} has no value ${quoteExample(value.example)}: look it up in a value map.`
    : `${field.label} takes ${fieldWords[field.type]}; ${value.name} is ${valueWords(value)}.`;
  return { grade, sentence };
}

function gradeOf(value: SourceValue, field: FieldRoom): Grade {
  if (isUnlisted(value, field)) return "unlikely";
  const rule = rules[field.type]?.[value.kind] ?? "fits";
  if (typeof rule === "string") return rule;
  // Without an example only S-360's documentation speaks: a text may be anything there, but is not likely a date.
  return value.example === null ? (value.joined ? "unlikely" : rule.unseen) : rule.seen(value.example);
}

/** What a text or a code must look like: `unseen` counts while no record has one. */
interface ByExample {
  readonly seen: (example: string) => Grade;
  readonly unseen: Grade;
}

const looksLike = (isRight: (text: string) => boolean, unseen: Grade): ByExample => ({
  seen: (example) => (isRight(example.trim()) ? "fits" : "unlikely"),
  unseen,
});

const isNumber = (text: string) => /^[+-]?\d+(\.\d+)?$/.test(text);
const isYesOrNo = (text: string) => /^(true|false)$/i.test(text);
const isDay = (text: string) => toDay(text, "UTC") !== null;

type Rules = Partial<Record<SourceKind, Grade | ByExample>>;

const texts = (rule: Grade | ByExample): Rules => ({ text: rule, code: rule });

const ofNumber: Rules = {
  ...texts(looksLike(isNumber, "unlikely")),
  ...{ boolean: "never", date: "never", dateTime: "never", phone: "unlikely" },
};
const ofDay: Rules = {
  ...texts(looksLike(isDay, "unlikely")),
  ...{ number: "never", money: "never", boolean: "never", phone: "never" },
};
const ofChoice: Rules = { boolean: "unlikely", date: "unlikely", dateTime: "unlikely", phone: "unlikely" };

/** What `shape` (shape.ts) refuses or Salesforce makes nothing of, by the field's type; what is not named fits. */
const rules: Partial<Record<FieldType, Rules>> = {
  integer: ofNumber,
  number: ofNumber,
  boolean: {
    ...texts(looksLike(isYesOrNo, "unlikely")),
    ...{ number: "never", money: "never", date: "never", dateTime: "never", phone: "never" },
  },
  date: ofDay,
  datetime: ofDay,
  email: {
    ...texts(looksLike((text) => text.includes("@"), "fits")),
    ...{
      number: "never",
      money: "never",
      boolean: "never",
      date: "never",
      dateTime: "never",
      phone: "never",
    },
  },
  phone: {
    ...texts(looksLike((text) => /\d.*\d.*\d/.test(text), "fits")),
    ...{ money: "unlikely", boolean: "unlikely", date: "unlikely", dateTime: "unlikely" },
  },
  url: {
    ...texts(looksLike((text) => text.includes("."), "fits")),
    ...{ ...ofChoice, number: "unlikely", money: "unlikely" },
  },
  picklist: ofChoice,
  multipicklist: ofChoice,
  reference: { boolean: "unlikely", date: "unlikely", dateTime: "unlikely", money: "unlikely" },
};

/** A restricted picklist refuses what it does not list (salesforce.md §3: INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST). */
function isUnlisted({ example, joined }: SourceValue, field: FieldRoom): boolean {
  if (!field.restrictedPicklist || field.picklistValues.length === 0 || example === null || joined)
    return false;
  return !field.picklistValues.some((value) => value.toLowerCase() === example.trim().toLowerCase());
}

function noteOn({ name, kind, several, lengths }: SourceValue, field: FieldRoom): string | null {
  if (kind === "money") {
    const helper = field.type === "number" || field.type === "integer" ? "money" : "moneyText";
    return `S-360 sends amounts in thousandths: write ${helper}(${name}), or 12.50 arrives as 12500.`;
  }
  if (several && field.type !== "multipicklist")
    return `${name} may have several values, and ${field.label} takes one: the first is written.`;
  if (!lengths || field.length <= 0 || !hasLength.has(field.type)) return null;
  const room = `${field.label} takes ${field.length}`;
  if (lengths.usual > field.length)
    return `${name} usually has about ${lengths.usual} characters, and ${room}.`;
  return lengths.longest > field.length
    ? `${name} has up to ${lengths.longest} characters, and ${room}.`
    : null;
}

/** Types of fields whose length is the length of a text. */
const hasLength: ReadonlySet<FieldType> = new Set(["text", "textarea", "email", "phone", "url"]);

/** For the choice of a field: which kinds of fields take a value, and which do not. Null where nothing can be said. */
export function fittingKinds(value: SourceValue | null): string | null {
  if (!value) return null;
  const nouns = (isWanted: boolean, word: string) =>
    listed(
      fieldNouns.flatMap(([type, noun]) =>
        (gradeOf(value, emptyRoom(type)) === "fits") === isWanted ? [noun] : [],
      ),
      word,
    );
  const others = nouns(false, "or");
  const said = `${value.name} is ${valueWords(value)}. It fits fields for ${nouns(true, "and")}`;
  return others === "" ? `${said}.` : `${said}, not those for ${others}.`;
}

function emptyRoom(type: FieldType): FieldRoom {
  return { label: "", type, length: 0, restrictedPicklist: false, picklistValues: [] };
}

function listed(words: readonly string[], word: string): string {
  const last = words.at(-1) ?? "";
  return words.length > 1 ? `${words.slice(0, -1).join(", ")} ${word} ${last}` : last;
}

const mostListed = 6;

/** For the choice of a value: "This field takes a date." */
export function roomWords({ type, length, restrictedPicklist, picklistValues }: FieldRoom): string {
  if (picklistValues.length > 0) {
    const more = picklistValues.length > mostListed ? ", …" : "";
    const listed = `(${picklistValues.slice(0, mostListed).join(", ")}${more})`;
    return restrictedPicklist
      ? `This field takes ${fieldWords[type]} ${listed}.`
      : `This field has values of its own ${listed}, and takes others too.`;
  }
  const room = hasLength.has(type) && length > 0 ? ` of at most ${length} characters` : "";
  return `This field takes ${fieldWords[type]}${room}.`;
}

/** Whether the field takes only what is of its kind, so that it helps to name what fits. */
export function isChoosy({ type }: FieldRoom): boolean {
  return ["boolean", "integer", "number", "date", "datetime", "email", "phone"].includes(type);
}
