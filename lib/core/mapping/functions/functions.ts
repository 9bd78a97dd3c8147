/** The functions of ours that expressions may call. All are null-safe: nothing in, nothing out. */
import type jsonata from "jsonata";
import { toDay, toUtcSeconds } from "../../moments";
import { inTurn, type Pace } from "../expression/clock";
import { refuseManyElements } from "../expression/call-size";
import { toIsoCountry } from "./country";
import type { ValueMapEntries } from "../document";
import { toNumber } from "./number";
import { toPercent } from "./percent";
import { toE164 } from "./phone";
import { MappingSignal, quoted } from "../signal";
import { effectOf, ruleOf } from "../value-maps/value-map";
import { sentenceOfUnknownMap } from "../value-maps/unknown-map";

/** What functions know besides their arguments. */
export interface FunctionContext extends Pace {
  readonly valueMaps: Readonly<Record<string, ValueMapEntries>>;
  readonly timeZone: string;
  /** Told of every code that a value map was asked for and does not list, whatever becomes of it. */
  readonly onUnseen?: UnseenSink;
}

export type UnseenSink = (valueMap: string, code: string) => void;

/** `#` cannot be part of a variable's name in JSONata, so no expression can read or replace it. */
export const contextKey = "#context";

export interface MappingFunction {
  readonly name: string;
  readonly usage: string;
  /** One sentence for the admin who picks it. */
  readonly summary: string;
  readonly run: (args: readonly unknown[], context: FunctionContext) => unknown;
}

export const mappingFunctions: readonly MappingFunction[] = [
  {
    name: "first",
    usage: "$first(list)",
    summary: "The first value of a list that is not empty.",
    run: (args) => args.flat().find(isPresent),
  },
  {
    name: "joinParts",
    usage: "$joinParts(separator, a, b, …)",
    summary: "Joins the parts that are not empty; nothing when all are.",
    run: ([separator, ...parts]) => joinPresent(typeof separator === "string" ? separator : "", parts),
  },
  {
    name: "lines",
    usage: "$lines(a, b, …)",
    summary: "Puts the parts that are not empty on a line each; nothing when all are.",
    run: (args) => joinPresent("\n", args),
  },
  {
    name: "around",
    usage: '$around("before", x, "after")',
    summary: "Puts text before and after a value; nothing when there is no value.",
    run: ([before, value, after]) => around(before, value, after),
  },
  {
    name: "opposite",
    usage: "$opposite(x)",
    summary: "Turns true into false and false into true; nothing stays nothing.",
    run: ([value]) => opposite(firstOf(value)),
  },
  {
    name: "valueMap",
    usage: '$valueMap("name", code)',
    summary: "Looks a code up in a value map; a code that is not listed follows the value map's own rule.",
    run: ([name, code], context) => lookUp(name, firstOf(code), context),
  },
  {
    name: "phone",
    usage: "$phone(text)",
    summary: 'A phone number in international form: "41 / 0791234567" becomes "+41791234567".',
    run: ([value]) => onText(value, toE164),
  },
  {
    name: "country",
    usage: "$country(code)",
    summary: "A country code of two letters (ISO 3166); anything else holds the record.",
    run: ([value]) => onText(value, toIsoCountry),
  },
  {
    name: "date",
    usage: "$date(text)",
    summary: "The day of a date and time in the connection's time zone.",
    run: ([value], { timeZone }) => onText(value, (text) => toDay(text, timeZone) ?? notA("date", text)),
  },
  {
    name: "dateTime",
    usage: "$dateTime(text)",
    summary: "A date and time in UTC, to the second.",
    run: ([value], { timeZone }) =>
      onText(value, (text) => toUtcSeconds(text, timeZone) ?? notA("date and time", text)),
  },
  {
    name: "money",
    usage: "$money(thousandths)",
    summary: "An S-360 amount as a number: 482000 becomes 482.",
    run: ([value]) => onAmount(value, (thousandths) => thousandths / 1000),
  },
  {
    name: "moneyText",
    usage: "$moneyText(thousandths)",
    summary: 'An S-360 amount as text with two decimals: 482000 becomes "482.00".',
    run: ([value]) => onAmount(value, toMoneyText),
  },
  {
    name: "toNumber",
    usage: "$toNumber(x)",
    summary: 'A number, also from a text: "12.5", "12,5" and "1 234.50"; anything else holds the record.',
    run: ([value]) => number(firstOf(value)),
  },
  {
    name: "percent",
    usage: "$percent(x)",
    summary: 'A percentage as a number, however it is spelled: 20, "20%" and "20,0 %" become 20.',
    run: ([value]) => percent(firstOf(value)),
  },
  {
    name: "pick",
    usage: "$pick(key, list)",
    summary: "Picks one value of a list, always the same one for the same key.",
    run: ([key, ...list]) => pick(firstOf(key), list.flat()),
  },
];

/** Makes them known to one expression. */
export function registerFunctions(expression: jsonata.Expression): void {
  for (const { name, run } of mappingFunctions) {
    expression.registerFunction(name, function (this: jsonata.Focus, ...args: unknown[]): unknown {
      return inTurn(this, () => {
        refuseManyElements(args);
        return run(args, this.environment.lookup(contextKey) as FunctionContext);
      });
    });
  }
}

/** Whether there is something: not null, and not a text of blanks. */
export function isPresent(value: unknown): boolean {
  return value !== undefined && value !== null && !(typeof value === "string" && value.trim() === "");
}

function firstOf(value: unknown): unknown {
  return Array.isArray(value) ? (value as readonly unknown[]).find(isPresent) : value;
}

function joinPresent(separator: string, parts: readonly unknown[]): string | undefined {
  const present = parts.flat().filter(isPresent);
  for (const part of present)
    if (typeof part === "object") throw MappingSignal.hold("invalid_value", notPlain);
  return present.length === 0 ? undefined : present.map((part) => asText(part)).join(separator);
}

function around(before: unknown, value: unknown, after: unknown): string | undefined {
  return onText(
    value,
    (text) =>
      `${typeof before === "string" ? before : ""}${text.trim()}${typeof after === "string" ? after : ""}`,
  );
}

const notPlain = "a text or a number is needed here, not a list of fields.";

function asText(value: unknown): string {
  return typeof value === "string" ? value.trim() : String(value);
}

function onText<T>(value: unknown, convert: (text: string) => T): T | undefined {
  const one = firstOf(value);
  if (!isPresent(one)) return undefined;
  if (typeof one === "object") throw MappingSignal.hold("invalid_value", notPlain);
  return convert(String(one));
}

function opposite(value: unknown): boolean | undefined {
  if (!isPresent(value)) return undefined;
  if (value === true || value === "true") return false;
  if (value === false || value === "false") return true;
  throw MappingSignal.hold("invalid_value", `true or false is needed, got ${quoted(value)}.`);
}

/** Throws: leave, or hold as `unknown_code`, as the value map says for the code or for those it does not list. */
function lookUp(name: unknown, code: unknown, { valueMaps, onUnseen }: FunctionContext): unknown {
  const map = typeof name === "string" && Object.hasOwn(valueMaps, name) ? valueMaps[name] : undefined;
  if (!map)
    throw MappingSignal.hold(
      "expression_failed",
      sentenceOfUnknownMap(typeof name === "string" ? name : "", Object.keys(valueMaps)),
    );
  if (!isPresent(code)) return undefined;
  const key = String(code).trim();
  if (Object.hasOwn(map.values, key)) return map.values[key];
  const rule = ruleOf(map, key);
  if (rule === null) onUnseen?.(String(name), key);
  const applied = effectOf(map, key);
  if (applied === "leave") throw MappingSignal.leave();
  if (applied !== "hold") return applied.default;
  throw MappingSignal.hold(
    "unknown_code",
    rule === "hold"
      ? `the value map "${String(name)}" holds records with the code ${quoted(key)}. Give the code a value there.`
      : `the code ${quoted(key)} is not in the value map "${String(name)}". Add it there.`,
  );
}

function notA(what: string, text: string): never {
  throw MappingSignal.hold("invalid_value", `${quoted(text)} is not a ${what}.`);
}

function onAmount<T>(value: unknown, convert: (thousandths: number) => T): T | undefined {
  const one = firstOf(value);
  if (!isPresent(one)) return undefined;
  if (typeof one === "number" && Number.isSafeInteger(one)) return convert(one);
  throw MappingSignal.hold(
    "invalid_value",
    `the amount must be a whole number of thousandths (12500 for 12.50), got ${quoted(one)}.`,
  );
}

function number(value: unknown): number | undefined {
  if (!isPresent(value)) return undefined;
  const read = toNumber(value);
  if (read.ok) return read.number;
  const why =
    read.why === "none"
      ? "is not a number such as 12, 12.5 or 12,5"
      : "may be one number or a thousand times it: a comma before three digits does not tell. Write a point";
  throw MappingSignal.hold("invalid_value", `${quoted(value)} ${why}.`);
}

function percent(value: unknown): number | undefined {
  if (!isPresent(value)) return undefined;
  const number = toPercent(value);
  if (number !== undefined) return number;
  throw MappingSignal.hold("invalid_value", `${quoted(value)} is not a percentage such as 20, 20% or 7,7.`);
}

/** Half away from zero, in whole cents: no rounding of binary fractions. */
export function toMoneyText(thousandths: number): string {
  const cents = Math.floor((Math.abs(thousandths) + 5) / 10);
  const text = `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, "0")}`;
  return thousandths < 0 && cents > 0 ? `-${text}` : text;
}

/** FNV-1a over the key: spreads evenly and never changes. */
function pick(key: unknown, list: readonly unknown[]): unknown {
  const choices = list.filter(isPresent);
  if (!isPresent(key) || choices.length === 0) return undefined;
  let hash = 0x811c9dc5;
  for (const character of String(key))
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return choices[hash % choices.length];
}
