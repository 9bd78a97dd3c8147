/** A short form as text: `print(read(x))` is x as an admin would write it. */
import { readsUnchosenList } from "./parse";
import {
  plainName,
  shortHelpers,
  type ShortCondition,
  type ShortForm,
  type ShortPath,
  type ShortValue,
} from "./form";
import { isLineBreaks } from "./nesting";

export function printShortForm(form: ShortForm): string {
  if (form.form === "constant")
    return typeof form.value === "string" ? quoted(form.value) : String(form.value);
  const { before, values, separators, after } = form;
  const parts: string[] = before === "" ? [] : [textPart(before)];
  values.forEach((value, index) => {
    const separator = index === 0 ? undefined : separators[index - 1];
    if (separator !== undefined && separator !== " ") parts.push(textPart(separator));
    parts.push(valueText(value));
  });
  if (after !== "") parts.push(textPart(after));
  return parts.join(" + ");
}

/** Line breaks by their name, also at the ends of a text. */
function textPart(text: string): string {
  return isLineBreaks(text) ? [...text].map(() => "EOL").join(" + ") : quoted(text);
}

function quoted(text: string): string {
  return `"${text.replace(/[\\"]/g, "\\$&").replace(/\n/g, "\\n").replace(/\t/g, "\\t")}"`;
}

function valueText({ through, from, filled }: ShortValue): string {
  const [only, ...more] = from;
  const isPlain = only !== undefined && more.length === 0 && filled === readsUnchosenList(only);
  const source = isPlain ? pathText(only) : `first(${from.map(pathText).join(", ")})`;
  if (through.by === "itself") return source;
  if (through.by === "not") return `!${source}`;
  if (through.by === "valueMap") return `valueMap(${word(through.name)}, ${source})`;
  return `${through.by}(${source})`;
}

/** Sales are written with points, contacts with slashes, as S-360's own pages do (s360.md §6). */
function pathText(path: ShortPath): string {
  const isSale = path[0]?.name === "operation" || path[0]?.name === "order";
  return path
    .map(({ name, all, position, where }, index) => {
      const chosen = position === null ? "" : `(${position})`;
      const filter = all ? "(*)" : where.length > 0 ? `(${where.map(conditionText).join(", ")})` : chosen;
      return nameText(name, index === 0 && filter !== "") + filter;
    })
    .join(isSale ? "." : "/");
}

function conditionText({ name, test, value, not }: ShortCondition): string {
  if (test === "set") return `${not ? "!" : ""}${nameText(name, false)}`;
  const text = typeof value === "string" ? word(value) : String(value);
  return `${nameText(name, false)}${not ? "!=" : "="}${text}`;
}

const words: ReadonlySet<string> = new Set(["EOL", "true", "false"]);
const calls: ReadonlySet<string> = new Set([...shortHelpers, "valueMap", "first"]);

/** A name that could be read as something else stands in backticks. */
function nameText(name: string, beforeBracket: boolean): string {
  const isPlain = plainName.test(name) && !words.has(name) && !(beforeBracket && calls.has(name));
  return isPlain ? name : `\`${name}\``;
}

/** A text that needs no quotes where only a word can stand. */
function word(text: string): string {
  return plainName.test(text) && !words.has(text) ? text : quoted(text);
}
