/**
 * Short form run directly, without jsonata: most lines are short forms, and this is many times as fast. It covers what
 * contacts and sales are made of and gives up on everything else (lists in lists, numbers as flags, faults of a value), so
 * that jsonata alone says what is unusual.
 */
import { mappingFunctions, type FunctionContext, type MappingFunction } from "../functions/functions";
import { limits } from "../expression/limits";
import { MappingSignal } from "../signal";
import {
  helperFunctions,
  type ShortCondition,
  type ShortForm,
  type ShortPath,
  type ShortStep,
  type ShortValue,
} from "./form";
import { nested, type Nested } from "./nesting";

/** Not to be run here: jsonata has to say. */
export const unusual = Symbol("unusual");

export type DirectRun = (source: unknown, context: FunctionContext) => unknown;

/** The form as a function; it gives `unusual` where jsonata has to be asked. Throws the signal that leaves a field as it is. */
export function directRun(form: ShortForm): DirectRun {
  if (form.form === "constant") return () => form.value;
  const run = around(form, joined(nested(form.values.map(valueRun), form.separators)));
  const asking = form.values.some(({ through }) => through.by === "valueMap");
  return (source, context) => {
    if (!asking || !context.onUnseen) return attempt(run, source, context);
    // What jsonata is asked again it tells again.
    const unseen: (readonly [string, string])[] = [];
    const heard = { ...context, onUnseen: (map: string, code: string) => void unseen.push([map, code]) };
    try {
      const found = attempt(run, source, heard);
      if (found === unusual) unseen.length = 0;
      return found;
    } finally {
      for (const [map, code] of unseen) context.onUnseen(map, code);
    }
  };
}

function attempt(run: DirectRun, source: unknown, context: FunctionContext): unknown {
  try {
    const found = run(source, context);
    return isSmall(found) ? found : unusual;
  } catch (error) {
    if (error instanceof Unusual) return unusual;
    // Other signals name the place in the expression, which only jsonata knows.
    if (error instanceof MappingSignal && error.kind !== "leave") return unusual;
    throw error;
  }
}

class Unusual extends Error {}
const giveUp = new Unusual("unusual");

const functions: ReadonlyMap<string, MappingFunction["run"]> = new Map(
  mappingFunctions.map(({ name, run }) => [name, run]),
);

function call(name: string): MappingFunction["run"] {
  const run = functions.get(name);
  if (!run) throw new Error(`there is no function $${name}`);
  return run;
}

function around({ before, after }: Extract<ShortForm, { form: "values" }>, body: DirectRun): DirectRun {
  if (before === "" && after === "") return body;
  const put = call("around");
  return (source, context) => put([before, body(source, context), after], context);
}

function joined(of: Nested<DirectRun>): DirectRun {
  if ("value" in of) return of.value;
  const { separator } = of;
  const parts = of.parts.map(joined);
  return separator === "\n" ? apply("lines", parts) : apply("joinParts", [() => separator, ...parts]);
}

function apply(name: string, parts: readonly DirectRun[]): DirectRun {
  const run = call(name);
  return (source, context) => {
    const result = run(
      parts.map((part) => part(source, context)),
      context,
    );
    return isSmall(result) ? result : stop();
  };
}

function valueRun({ through, from, filled }: ShortValue): DirectRun {
  const [only] = from;
  const read: DirectRun = filled || !only ? apply("first", from.map(pathRun)) : pathRun(only);
  if (through.by === "itself") return read;
  if (through.by !== "valueMap") return apply(helperFunctions[through.by], [read]);
  const { name } = through;
  return apply("valueMap", [() => name, read]);
}

/** What jsonata calls a path: lists on the way are flattened, nothing found is undefined, one found is itself. */
function pathRun(path: ShortPath): DirectRun {
  return (source) => {
    let item = source;
    for (const [index, step] of path.entries()) {
      const [found] = stepOf(item, step);
      if (!Array.isArray(found)) item = found;
      else {
        const list = listOf(found);
        // A list at the end of the path stays the list that it is.
        if (index === path.length - 1) return list;
        if (list.length > 1) return eachOf(list, path.slice(index + 1));
        item = list[0];
      }
      if (item === undefined) return undefined;
    }
    return item;
  };
}

function eachOf(list: readonly unknown[], path: ShortPath): unknown {
  let items = list;
  for (const [index, step] of path.entries()) {
    const found = items.flatMap((item) => stepOf(item, step));
    const [only] = found;
    if (index === path.length - 1 && found.length === 1 && Array.isArray(only)) return listOf(only);
    items = found.flatMap((item) => (Array.isArray(item) ? listOf(item) : [item]));
    if (items.length === 0) return undefined;
  }
  return items.length === 1 ? items[0] : items;
}

/** In a list of its own, so that a list that was found is not flattened yet. */
function stepOf(item: unknown, step: ShortStep): readonly unknown[] {
  if (Array.isArray(item)) stop();
  if (!isGroup(item)) return [];
  const value = own(item, step.name);
  if (value === undefined) return [];
  if (step.position === null && step.where.length === 0) return [value];
  const list = Array.isArray(value) ? listOf(value) : [value];
  const chosen =
    step.position === null ? list.find((element) => meetsAll(element, step.where)) : list[step.position - 1];
  return chosen === undefined ? [] : [chosen];
}

function meetsAll(element: unknown, conditions: readonly ShortCondition[]): boolean {
  return conditions.every(({ name, test, value, not }) => {
    const held = isGroup(element) ? own(element, name) : undefined;
    return (test === "set" ? isSet(held) : isEqual(held, value)) !== not;
  });
}

/** A number chooses an element by its place in jsonata, and other values have rules of their own. */
function isSet(held: unknown): boolean {
  if (typeof held === "boolean") return held;
  if (typeof held === "string") return held !== "" && held !== "false";
  return held === undefined || held === null ? false : stop();
}

function isEqual(held: unknown, value: string | number | boolean): boolean {
  return typeof held === "object" && held !== null ? stop() : held === value;
}

const mostElements = 1_000;

/** A list whose elements are no lists. */
function listOf(list: readonly unknown[]): readonly unknown[] {
  if (list.length > mostElements || list.some((element) => Array.isArray(element) || element === undefined))
    stop();
  return list;
}

type Json = Readonly<Record<string, unknown>>;

function isGroup(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What a name means that every object has by birth is for jsonata to say. */
function own(group: Json, name: string): unknown {
  if (Object.hasOwn(group, name)) {
    const value = group[name];
    return typeof value === "function" || !isSmall(value) ? stop() : value;
  }
  return name in group ? stop() : undefined;
}

function isSmall(value: unknown): boolean {
  return typeof value !== "string" || value.length <= limits.textLength;
}

function stop(): never {
  throw giveUp;
}
