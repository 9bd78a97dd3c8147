/**
 * From short form to the JSONata that is stored. What it writes is safe against absent values: empty parts and what stands
 * between them are dropped, of many elements the first is taken, and where nothing is found the field stays as it is.
 */
import {
  helperFunctions,
  type ShortCondition,
  type ShortForm,
  type ShortStep,
  type ShortValue,
} from "./form";
import { nested, type Nested } from "./nesting";

export function compileShortForm(form: ShortForm): string {
  return textOf(form, nameText);
}

/**
 * The JSONata that is run for a stored short form. JSONata takes every text for a yes, and S-360 has flags whose text is
 * "false" (s360.md §1.3).
 */
export function runningText(form: ShortForm): string {
  return textOf(form, (name) => `(${nameText(name)}="false" ? false : ${nameText(name)})`);
}

/** How the name of a flag is written. */
type FlagText = (name: string) => string;

function textOf(form: ShortForm, flagText: FlagText): string {
  if (form.form === "constant") return JSON.stringify(form.value);
  const { before, values, separators, after } = form;
  const body = joined(
    nested(
      values.map((value) => valueText(value, flagText)),
      separators,
    ),
  );
  if (before === "" && after === "") return body;
  return `$around(${JSON.stringify(before)}, ${body}, ${JSON.stringify(after)})`;
}

function joined(of: Nested<string>): string {
  if ("value" in of) return of.value;
  const parts = of.parts.map(joined);
  if (of.separator === "\n") return `$lines(${parts.join(", ")})`;
  return `$joinParts(${[JSON.stringify(of.separator), ...parts].join(", ")})`;
}

function valueText({ through, from, filled }: ShortValue, flagText: FlagText): string {
  const paths = from.map((path) => path.map((step) => stepText(step, flagText)).join("."));
  const source = filled ? `$first(${paths.join(", ")})` : (paths[0] ?? "");
  if (through.by === "itself") return source;
  if (through.by === "valueMap") return `$valueMap(${JSON.stringify(through.name)}, ${source})`;
  return `$${helperFunctions[through.by]}(${source})`;
}

function stepText({ name, position, where }: ShortStep, flagText: FlagText): string {
  if (position !== null) return `${nameText(name)}[${position - 1}]`;
  const filter =
    where.length === 0
      ? ""
      : `[${where.map((condition) => conditionText(condition, flagText)).join(" and ")}][0]`;
  return nameText(name) + filter;
}

/** `x = y ? false : true` holds where x is absent; `x != y` and `$not(x)` do not. */
function conditionText({ name, test, value, not }: ShortCondition, flagText: FlagText): string {
  const text = test === "set" ? flagText(name) : `${nameText(name)}=${JSON.stringify(value)}`;
  return not ? `(${text} ? false : true)` : text;
}

const plain = /^[A-Za-z_][A-Za-z0-9_]*$/;
const reserved: ReadonlySet<string> = new Set(["and", "or", "in", "true", "false", "null"]);

function nameText(name: string): string {
  return plain.test(name) && !reserved.has(name) ? name : `\`${name}\``;
}
