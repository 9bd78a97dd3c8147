/**
 * From short form to the JSONata that is stored. What it writes is safe against absent values: empty parts and what stands
 * between them are dropped, of many elements the first is taken, and where nothing is found the field stays as it is.
 */
import type { ShortCondition, ShortForm, ShortPath, ShortStep, ShortValue } from "./form";

export function compileShortForm(form: ShortForm): string {
  if (form.form === "constant") return JSON.stringify(form.value);
  const { before, values, separators, after } = form;
  const body = joined(values.map(valueText), separators);
  if (before === "" && after === "") return body;
  return `$around(${JSON.stringify(before)}, ${body}, ${JSON.stringify(after)})`;
}

/** Line breaks bind weakest, so that each line is a part of its own; the rest is joined from left to right. */
function joined(parts: readonly string[], separators: readonly string[]): string {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  if (separators.includes("\n")) return `$lines(${linesOf(parts, separators).join(", ")})`;
  const last = separators.at(-1) ?? " ";
  let from = separators.length;
  while (from > 0 && separators[from - 1] === last) from--;
  const head = joined(parts.slice(0, from + 1), separators.slice(0, from));
  return `$joinParts(${[JSON.stringify(last), head, ...parts.slice(from + 1)].join(", ")})`;
}

function linesOf(parts: readonly string[], separators: readonly string[]): string[] {
  const lines: string[] = [];
  let from = 0;
  for (let at = 0; at <= separators.length; at++) {
    if (at < separators.length && separators[at] !== "\n") continue;
    lines.push(joined(parts.slice(from, at + 1), separators.slice(from, at)));
    from = at + 1;
  }
  return lines;
}

function valueText({ through, from, filled }: ShortValue): string {
  const paths = from.map(pathText);
  const source = filled ? `$first(${paths.join(", ")})` : (paths[0] ?? "");
  if (through.by === "itself") return source;
  if (through.by === "valueMap") return `$valueMap(${JSON.stringify(through.name)}, ${source})`;
  return `$${through.by === "not" ? "opposite" : through.by}(${source})`;
}

function pathText(path: ShortPath): string {
  return path.map(stepText).join(".");
}

function stepText({ name, position, where }: ShortStep): string {
  if (position !== null) return `${nameText(name)}[${position - 1}]`;
  const filter = where.length === 0 ? "" : `[${where.map(conditionText).join(" and ")}][0]`;
  return nameText(name) + filter;
}

/** `x = y ? false : true` holds where x is absent; `x != y` and `$not(x)` do not. */
function conditionText({ name, test, value, not }: ShortCondition): string {
  const text = test === "set" ? nameText(name) : `${nameText(name)}=${JSON.stringify(value)}`;
  return not ? `(${text} ? false : true)` : text;
}

const plain = /^[A-Za-z_][A-Za-z0-9_]*$/;
const reserved: ReadonlySet<string> = new Set(["and", "or", "in", "true", "false", "null"]);

function nameText(name: string): string {
  return plain.test(name) && !reserved.has(name) ? name : `\`${name}\``;
}
