/** From a value a person put into a Salesforce field to what S-360 holds for it. */
import { canonical, sameValue } from "../../canonical";
import { toDay, toUtcSeconds } from "../../moments";
import type { CanonicalValue, FieldDescribe } from "../../side";
import { isoCountryFrom } from "../functions/country";
import type { ValueMapEntries } from "../document";
import { isPresent, type FunctionContext } from "../functions/functions";
import type { Conversion } from "./inverse-form";
import { toNumber } from "../functions/number";
import { toS360Phone } from "../functions/phone";
import { MappingSignal, quoted } from "../signal";
import { effectOf } from "../value-maps/value-map";
import { sentenceOfUnknownMap } from "../value-maps/unknown-map";

export type TurnedBack =
  /** `expected`: what the line gives for it again, where a person may have written the same otherwise. */
  | { readonly kind: "put"; readonly raw: unknown; readonly expected: CanonicalValue }
  /** S-360 keeps what it has, and that is no fault. */
  | { readonly kind: "left"; readonly sentence: string }
  | {
      readonly kind: "refused";
      readonly code: "not_expressible" | "invalid_value";
      readonly sentence: string;
    };

export interface Wanted {
  /** Canonical. */
  readonly value: CanonicalValue;
  readonly field: FieldDescribe;
  /** What the contact holds there now; undefined when nothing. */
  readonly present: unknown;
}

/** Never throws. Null clears; a yes or no is never cleared. */
export function turnBack(conversion: Conversion, wanted: Wanted, context: FunctionContext): TurnedBack {
  const { value, field, present } = wanted;
  if (typeof present === "object" && present !== null) {
    return refused("not_expressible", listThere);
  }
  if (value === null && (field.type === "boolean" || conversion.by === "opposite")) {
    return { kind: "left", sentence: "A yes or no is never cleared in S-360." };
  }
  if (conversion.by === "valueMap") return codeFor(conversion.name, wanted, context);
  if (value === null) return { kind: "put", raw: null, expected: null };
  const by = conversion.by === "type" ? formOf(field) : conversion.by;
  return back[by](value, present, context);
}

type Form = Exclude<Conversion["by"], "type" | "valueMap"> | "boolean" | "number" | "text";

function formOf({ type }: FieldDescribe): Form {
  if (type === "boolean" || type === "number" || type === "date") return type;
  if (type === "integer") return "number";
  return type === "datetime" ? "dateTime" : "text";
}

type Value = string | number | boolean;
type Back = (value: Value, present: unknown, context: FunctionContext) => TurnedBack;

const back: Readonly<Record<Form, Back>> = {
  text: (value, present) => ({ kind: "put", raw: like(present, String(value)), expected: value }),
  number: (value, present) => {
    const read = toNumber(value);
    if (!read.ok)
      return refused("invalid_value", `${quoted(value)} is not a number. Correct it in Salesforce.`);
    const { number } = read;
    return { kind: "put", raw: typeof present === "string" ? String(number) : number, expected: value };
  },
  boolean: (value, present) => yesOrNo(value, present, (yes) => yes),
  opposite: (value, present) => yesOrNo(value, present, (yes) => !yes),
  phone: (value) => {
    const phone = toS360Phone(String(value));
    return phone.ok
      ? { kind: "put", raw: phone.stored, expected: phone.e164 }
      : refused("not_expressible", phone.sentence);
  },
  country: (value) => {
    try {
      const code = isoCountryFrom(String(value));
      return { kind: "put", raw: code, expected: code };
    } catch (error) {
      if (error instanceof MappingSignal)
        return refused("invalid_value", `${error.sentence} Correct it in Salesforce.`);
      throw error;
    }
  },
  date: (value, present, { timeZone }) => {
    const day = toDay(String(value), timeZone);
    if (day === null)
      return refused("invalid_value", `${quoted(value)} is not a date. Correct it in Salesforce.`);
    const isDay = typeof present === "string" && /^\d{4}-\d{2}-\d{2}$/.test(present.trim());
    return { kind: "put", raw: isDay ? day : startOf(day, timeZone), expected: value };
  },
  dateTime: (value, _present, { timeZone }) => {
    const moment = toUtcSeconds(String(value), timeZone);
    if (moment === null)
      return refused("invalid_value", `${quoted(value)} is not a date and time. Correct it in Salesforce.`);
    return { kind: "put", raw: inS360Form(moment), expected: value };
  },
  money: (value) => {
    const thousandths = typeof value === "number" ? Math.round(value * 1000) : NaN;
    if (!Number.isSafeInteger(thousandths)) {
      return refused("invalid_value", `${quoted(value)} is not an amount. Correct it in Salesforce.`);
    }
    return thousandths / 1000 === value
      ? { kind: "put", raw: thousandths, expected: value }
      : refused(
          "not_expressible",
          "S-360 keeps three digits after the point. Shorten the amount in Salesforce.",
        );
  },
};

type Refused = Extract<TurnedBack, { kind: "refused" }>;

/** Why nothing is put where a list or a group is. */
export const listThere =
  "S-360 keeps a list or a group of values there, and a field holds one. Change the line, or switch two-way off.";

/** An answer that says why nothing is put. */
export function refused(code: Refused["code"], sentence: string): Refused {
  return { kind: "refused", code, sentence };
}

/** A text in the type S-360 has there: numbers stay numbers. */
export function like(present: unknown, text: string): unknown {
  const stays = typeof present === "number" && String(Number(text)) === text;
  return stays ? Number(text) : text;
}

/** Indicators hold "true" and "false" as texts (s360.md §1.3). */
function yesOrNo(value: Value, present: unknown, raw: (yes: boolean) => boolean): TurnedBack {
  const yes = canonical(value, { type: "boolean", scale: 0 });
  if (typeof yes !== "boolean")
    return refused("invalid_value", `${quoted(value)} is neither yes nor no. Correct it in Salesforce.`);
  const held = raw(yes);
  return { kind: "put", raw: typeof present === "string" ? String(held) : held, expected: yes };
}

/** The first moment of the day: not midnight where the clocks are changed at that hour. */
function startOf(day: string, timeZone: string): string | null {
  for (const time of ["00:00:00", "01:00:00", "12:00:00"]) {
    const moment = toUtcSeconds(`${day}T${time}`, timeZone);
    if (moment !== null && toDay(moment, timeZone) === day) return inS360Form(moment);
  }
  return null;
}

/** `2024-03-02T09:15:04.000+00:00` (s360.md §1.4). */
function inS360Form(utc: string): string {
  return utc.replace(/Z$/, "+00:00");
}

/** The one code that stands for the value. None or several: S-360 keeps the code it has. */
function codeFor(
  name: string,
  { value, field, present }: Wanted,
  { valueMaps }: FunctionContext,
): TurnedBack {
  const map = Object.hasOwn(valueMaps, name) ? valueMaps[name] : undefined;
  if (!map) return refused("not_expressible", sentenceOfUnknownMap(name, Object.keys(valueMaps)));
  const codes = Object.keys(map.values).filter((code) => sameValue(map.values[code], value, field));
  const [code, ...more] = codes;
  const keeps = `S-360 keeps ${isPresent(present) ? quoted(present) : "what it has"}.`;
  const left = (sentence: string): TurnedBack => ({ kind: "left", sentence: `${sentence} ${keeps}` });
  if (code === undefined && value === null) return clearedCode(name, map, present, left);
  if (code === undefined) return left(`No code of the value map "${name}" stands for ${quoted(value)}.`);
  if (more.length > 0) {
    return left(`Several codes of the value map "${name}" stand for ${quoted(value)}: ${codes.join(", ")}.`);
  }
  if (code === "UNDEFINED" && isPresent(present) && present !== code) {
    return left(`${quoted(value)} stands for UNDEFINED, which never takes the place of another code.`);
  }
  return { kind: "put", raw: like(present, code), expected: canonical(map.values[code], field) };
}

/** A code that Salesforce was never told is not cleared by an empty field there. */
function clearedCode(
  name: string,
  map: ValueMapEntries,
  present: unknown,
  left: (sentence: string) => TurnedBack,
): TurnedBack {
  const code = isPresent(present) ? String(present).trim() : null;
  const unknown = code !== null && !Object.hasOwn(map.values, code);
  if (unknown && typeof effectOf(map, code) === "string") {
    return left(`The value map "${name}" says nothing of the code S-360 has.`);
  }
  return { kind: "put", raw: null, expected: null };
}
