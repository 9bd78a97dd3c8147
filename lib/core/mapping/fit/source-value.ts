/** What kind of value a line of a mapping brings, as far as short form tells it. */
import type { ValueMapEntries } from "../document";
import type { ShortForm, ShortPath, ShortValue } from "../short-form/form";
import { readsUnchosenList } from "../short-form/parse";
import { printShortForm } from "../short-form/print";
import { memberOf, type SourceMember, type SourceType } from "../source-model";

/** What S-360's types (s360.md §1.4, §2) and the helpers of the mapping language (design §6) give. */
export type SourceKind = SourceType | "phone";

/** Characters of the values that were seen: of one in the middle, and of the longest. */
export interface Lengths {
  readonly usual: number;
  readonly longest: number;
}

/** What is known of the values at one place of S-360's records. */
export interface SeenValue {
  /** Null where nobody says: S-360's documentation does not know it, and no record has one. */
  readonly type: SourceType | null;
  readonly list: boolean;
  readonly example: string | null;
  readonly lengths: Lengths | null;
}

/** Where the kinds of values are looked up. Null: nothing is known there. */
export interface SeenValues {
  readonly at: (path: string) => SeenValue | null;
  readonly valueMap: (name: string) => SeenValue | null;
}

export interface SourceValue {
  /** In short form, for people. */
  readonly name: string;
  readonly kind: SourceKind;
  /** Put together from several values or with text around them. */
  readonly joined: boolean;
  /** There may be several at once. */
  readonly several: boolean;
  readonly example: string | null;
  readonly lengths: Lengths | null;
}

/** Null where the kind cannot be told: then nothing is said about it. */
export function sourceValueOf(form: ShortForm, seen: SeenValues): SourceValue | null {
  const name = printShortForm(form);
  if (form.form === "constant") return { name, joined: false, several: false, ...constantOf(form.value) };
  const { before, values, after, separators } = form;
  const [only, ...more] = values;
  if (only && more.length === 0 && before === "" && after === "") return singleOf(name, only, seen);
  const parts = values.map((value) => singleOf("", value, seen)?.lengths ?? null);
  const lengths = sumOf(parts, before.length + after.length + separators.join("").length);
  return { name, kind: "text", joined: true, several: false, example: null, lengths };
}

function constantOf(value: string | number | boolean): Pick<SourceValue, "kind" | "example" | "lengths"> {
  const example = String(value);
  const kind = typeof value === "string" ? "text" : typeof value === "number" ? "number" : "boolean";
  return { kind, example, lengths: { usual: example.length, longest: example.length } };
}

/** What each helper gives, whatever it is given (functions.ts); an example where the text is of one kind only. */
const helpers = {
  not: { kind: "boolean", example: null },
  money: { kind: "number", example: null },
  moneyText: { kind: "text", example: "12.50" },
  number: { kind: "number", example: null },
  date: { kind: "date", example: null },
  dateTime: { kind: "dateTime", example: null },
  phone: { kind: "phone", example: "+41791234567" },
  country: { kind: "code", example: "CH" },
  percent: { kind: "number", example: null },
} as const;

function singleOf(name: string, { through, from, filled }: ShortValue, seen: SeenValues): SourceValue | null {
  const plain = { name, joined: false, several: false };
  if (through.by === "valueMap") {
    const mapped = seen.valueMap(through.name);
    return mapped && ofSeen(plain, mapped);
  }
  if (through.by !== "itself") return { ...plain, ...helpers[through.by], lengths: null };
  const [first, ...others] = from.map((path) => seenAt(path, seen));
  const alike = first && others.every((other) => other?.type === first.type);
  if (!first || !alike) return null;
  const several = !filled && (first.list || from.some((path) => path.some(({ all }) => all)));
  return ofSeen({ ...plain, several }, first);
}

function ofSeen(
  plain: Pick<SourceValue, "name" | "joined" | "several">,
  { type, example, lengths }: SeenValue,
): SourceValue | null {
  const isTold = type !== null && (example !== null || type !== "text" || !holdsAnything(plain.name));
  return isTold ? { ...plain, kind: type, example, lengths } : null;
}

/** Criteria and indicators are the institution's own: their value may be a number, a date or a yes or no (s360.md §1.4). */
function holdsAnything(name: string): boolean {
  return /\b(value|values)$/.test(name);
}

function seenAt(path: ShortPath, seen: SeenValues): SeenValue | null {
  const chosen = path.map((step) => ({ ...step, all: false, position: null }));
  return seen.at(pathText(chosen)) ?? seen.at(pathText(chosen.map((step) => ({ ...step, where: [] }))));
}

function pathText(path: ShortPath): string {
  const value = { through: { by: "itself" }, from: [path], filled: readsUnchosenList(path) } as const;
  return printShortForm({ form: "values", before: "", values: [value], separators: [], after: "" });
}

function sumOf(parts: readonly (Lengths | null)[], between: number): Lengths | null {
  let [usual, longest] = [between, between];
  for (const part of parts) {
    if (!part) return null;
    usual += part.usual;
    longest += part.longest;
  }
  return { usual, longest };
}

/** What S-360's documentation alone says of a place. */
export function documentedAt(model: readonly SourceMember[]): SeenValues["at"] {
  return (path) => {
    let members = model;
    let found: SourceMember | undefined;
    for (const name of path.split(/[./]/)) {
      found = memberOf(members, name);
      members = found?.members ?? [];
    }
    return found?.type ? { type: found.type, list: found.list, example: null, lengths: null } : null;
  };
}

/** What the values of a value map are: a text, unless all of them are numbers or yes and no. */
export function seenInValueMap({ values, otherwise }: ValueMapEntries): SeenValue {
  const fallback = typeof otherwise === "object" ? [otherwise.default] : [];
  const given = [...Object.values(values), ...fallback].filter((value) => value !== null);
  const isAll = (type: string) => given.length > 0 && given.every((value) => typeof value === type);
  const type = isAll("number") ? "number" : isAll("boolean") ? "boolean" : "text";
  const texts = given.map(String);
  return { type, list: false, example: texts[0] ?? null, lengths: lengthsOf(texts) };
}

/** Null without texts. */
export function lengthsOf(texts: readonly string[]): Lengths | null {
  const lengths = texts.map((text) => text.length).sort((a, b) => a - b);
  const [usual, longest] = [lengths[Math.floor(lengths.length / 2)], lengths.at(-1)];
  return usual === undefined || longest === undefined ? null : { usual, longest };
}
