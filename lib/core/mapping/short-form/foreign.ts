/** Functions that people know from spreadsheets, Salesforce formulas and programs, and what does the same here. */
import { shortHelpers } from "./form";

/** The functions of short form. */
export const shortFunctions: readonly string[] = [...shortHelpers, "valueMap", "first"];

interface Equivalent {
  /** As they are written elsewhere, in small letters. */
  readonly names: string;
  /** The function of short form. */
  readonly short?: string;
  /** The function of an expression. */
  readonly expression?: string;
  /** How it is written, where it is no function of the same arguments. */
  readonly how?: string;
}

const change = "what a line gives must not change from one day to the next";

const equivalents: readonly Equivalent[] = [
  { names: "upper uppercase toupper touppercase ucase", expression: "uppercase" },
  { names: "lower lowercase tolower tolowercase lcase", expression: "lowercase" },
  {
    names: "proper initcap capitalize capitalise",
    how: "In an expression $uppercase($substring(x, 0, 1)) & $lowercase($substring(x, 1)) does it",
  },
  { names: "trim strip clean ltrim rtrim", expression: "trim" },
  { names: "left", how: "In an expression $substring(x, 0, 3) gives the first three characters" },
  { names: "right", how: "In an expression $substring(x, -3) gives the last three characters" },
  { names: "mid substr substring slice", expression: "substring" },
  { names: "substringbefore before", expression: "substringBefore" },
  { names: "substringafter after", expression: "substringAfter" },
  { names: "len length size", expression: "length" },
  { names: "replace substitute", expression: "replace" },
  { names: "split", expression: "split" },
  { names: "contains includes find search indexof instr", expression: "contains" },
  { names: "match regex regexmatch", expression: "match" },
  { names: "lpad padleft padstart rpad padright padend pad", expression: "pad" },
  { names: "round", expression: "round" },
  { names: "floor int trunc", expression: "floor" },
  { names: "ceil ceiling", expression: "ceil" },
  { names: "abs", expression: "abs" },
  { names: "sum", expression: "sum" },
  { names: "avg average mean", expression: "average" },
  { names: "min", expression: "min" },
  { names: "max", expression: "max" },
  { names: "count", expression: "count" },
  { names: "text string tostring str cstr", expression: "string" },
  { names: "formatnumber", expression: "formatNumber" },
  { names: "value tonumber parsefloat parseint float decimal numeric", short: "number" },
  { names: "datevalue todate parsedate formatdate", short: "date" },
  { names: "datetimevalue todatetime timestamp", short: "dateTime" },
  { names: "currency amount", short: "money" },
  { names: "lookup vlookup xlookup hlookup translate map", short: "valueMap" },
  { names: "coalesce ifnull nvl ifblank blankvalue nullvalue ifempty", short: "first" },
  {
    names: "isnull isblank isempty isnotblank isnotnull",
    how: "In an expression $exists($first(x)) tells whether there is a value, and $not($exists($first(x))) whether there is none",
  },
  {
    names: "concat concatenate textjoin join",
    how: '+ puts values together: contactNumber + ", " + function',
  },
  {
    names: "not negate opposite",
    how: "! before a path turns yes and no round: !addresses(main)/billingAddress",
  },
  {
    names: "if iif ifs ifelse case switch when decode choose",
    how: 'In an expression state = "ACTIVE" ? "yes" : "no" does it, and a value map where codes become values',
  },
  { names: "now today getdate sysdate", how: `An expression has none either: ${change}` },
  { names: "rand random uuid guid", how: `An expression has none either: ${change}` },
];

const byName: ReadonlyMap<string, Equivalent> = new Map(
  equivalents.flatMap((equivalent) => equivalent.names.split(" ").map((name) => [name, equivalent] as const)),
);

export interface ForeignFunction {
  /** What does the same, as a sentence without its point. */
  readonly instead: string;
  /** The function of short form to be written in its place. */
  readonly short?: string;
  /** The function of an expression to be written in its place. */
  readonly expression?: string;
}

/** What a function that is known elsewhere is here, whatever its case; undefined for one that nobody knows. */
export function foreignFunction(name: string): ForeignFunction | undefined {
  const equivalent = byName.get(name.toLowerCase());
  if (!equivalent) return undefined;
  const { short, expression, how } = equivalent;
  const instead =
    how ?? (short ? `Here ${short}(…) does it` : `In an expression $${String(expression)}(…) does it`);
  return { instead, ...(short && { short }), ...(expression && { expression }) };
}
