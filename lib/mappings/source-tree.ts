/**
 * What a mapping can read: what the latest records really hold, joined with what S-360's documentation says. Pure.
 * Elements of a list that a flag or a code tells apart are branches of their own.
 */
import { lengthsOf } from "@/lib/core/mapping/fit/source-value";
import { memberOf, type SourceMember } from "@/lib/core/mapping/source-model";
import { plainName } from "@/lib/core/mapping/short-form/form";
import { isPresent } from "@/lib/core/mapping/functions/functions";
import type { SourceNode } from "./contract";

const deepest = 7;
const mostNodes = 1_500;
const mostCodes = 12;
const exampleLength = 60;

/** By record: what there is of a group, in all places where it is. */
type Found = readonly (readonly unknown[])[];

/** `records`: the sources that mappings run on. */
export function sourceTree(
  records: readonly unknown[],
  model: readonly SourceMember[],
): readonly SourceNode[] {
  const budget = { left: mostNodes };
  return membersOf(
    records.map((record) => [record]),
    model,
    { path: "", expression: "", depth: 0, budget },
  );
}

interface Place {
  /** In short form, with the sign that the next name is put behind; empty at the root, null below a name that it cannot write. */
  readonly path: string | null;
  /** The same as an expression. */
  readonly expression: string;
  readonly depth: number;
  readonly budget: { left: number };
}

function membersOf(found: Found, model: readonly SourceMember[], place: Place): SourceNode[] {
  if (place.depth > deepest) return [];
  const seen = new Set(found.flat().flatMap((group) => (isGroup(group) ? Object.keys(group) : [])));
  const known = new Set(model.map(({ name }) => name));
  const names = [...known, ...[...seen].filter((name) => !known.has(name))];
  return names.flatMap((name) => {
    if (name === "" || place.budget.left <= 0) return [];
    place.budget.left--;
    return [nodeOf(name, valuesAt(found, name), model, place)];
  });
}

function valuesAt(found: Found, name: string): Found {
  return found.map((groups) =>
    groups.flatMap((group) => (isGroup(group) && Object.hasOwn(group, name) ? [group[name]] : [])),
  );
}

function nodeOf(name: string, found: Found, model: readonly SourceMember[], place: Place): SourceNode {
  const known = model.find((member) => member.name === name);
  const itself = placeOf(name, !known && memberOf(model, name) !== undefined, place);
  const path = itself.path ?? itself.expression;
  const isList = known?.list === true || found.flat().some((value) => Array.isArray(value));
  const values = found.map((each) => each.flat());
  const groups = values.map((each) => each.filter(isGroup));
  const hasMembers = (known?.members.length ?? 0) > 0 || groups.some((each) => each.length > 0);
  const plain = { name, path, documented: known !== undefined, ...statisticsOf(values) };
  if (!hasMembers) return { ...plain, type: known?.type ?? null, list: isList, children: [] };
  const members = known?.members ?? [];
  const children = [
    ...(isList && itself.path !== null ? choicesOf(itself.path, itself, groups, members) : []),
    ...membersOf(groups, members, inside(itself)),
  ];
  return { ...plain, example: null, lengths: null, type: null, list: isList, children };
}

/** Short form takes names in any case; one that differs only in that from a documented name is meant as it stands. */
function placeOf(name: string, isTwin: boolean, place: Place): Place {
  const next = { ...place, depth: place.depth + 1 };
  const { expression, path } = place;
  // Neither language writes a name that holds its own sign for names.
  if (name.includes("`"))
    return { ...next, path: null, expression: `$lookup(${expression || "$"}, ${JSON.stringify(name)})` };
  const behind = expression === "" ? "" : `${expression}.`;
  const text = isTwin ? `\`${name}\`` : nameText(name);
  return { ...next, path: path === null ? null : path + text, expression: `${behind}\`${name}\`` };
}

/** Where the members of what stands at a place are. */
function inside(itself: Place): Place {
  const { path } = itself;
  return { ...itself, path: path === null ? null : `${path}${signOf(path)}` };
}

/** Branches for what tells the elements of a list apart. */
function choicesOf(
  path: string,
  place: Place,
  groups: readonly (readonly Json[])[],
  members: readonly SourceMember[],
): SourceNode[] {
  const all = groups.flat();
  const branch = (filter: string, condition: string, fits: (group: Json) => boolean): SourceNode[] => {
    if (place.budget.left <= 0) return [];
    place.budget.left--;
    const chosen = groups.map((each) => each.filter(fits).slice(0, 1));
    const here = `${path}(${filter})`;
    const filled = chosen.filter((each) => each.length > 0).length;
    const itself = { ...place, path: here, expression: `${place.expression}[${condition}][0]` };
    return [
      {
        name: filter,
        path: here,
        documented: true,
        example: null,
        filled,
        lengths: null,
        type: null,
        list: false,
        children: membersOf(chosen, members, { ...inside(itself), depth: place.depth + 1 }),
      },
    ];
  };
  const isSet = (group: Json, key: string) => group[key] === true && !key.includes("`");
  const flags = [...new Set(all.flatMap((group) => Object.keys(group).filter((key) => isSet(group, key))))];
  const code = codeKey(all);
  const codes =
    code === undefined ? [] : [...new Set(all.map((group) => String(group[code])))].slice(0, mostCodes);
  return [
    ...flags.flatMap((flag) => branch(nameText(flag), `\`${flag}\``, (group) => group[flag] === true)),
    ...(code === undefined
      ? []
      : codes.flatMap((value) =>
          branch(
            `${nameText(code)}=${wordText(value)}`,
            `\`${code}\`=${JSON.stringify(value)}`,
            (group) => group[code] === value,
          ),
        )),
  ];
}

/** The key whose texts tell elements apart: `code`, `authorizationCode`. */
function codeKey(groups: readonly Json[]): string | undefined {
  const keys = new Set(groups.flatMap((group) => Object.keys(group)));
  return [...keys].find(
    (key) =>
      (key === "code" || key === "connectionType" || /^authorizationCode$/.test(key)) &&
      groups.every((group) => typeof group[key] === "string"),
  );
}

function statisticsOf(values: Found): Pick<SourceNode, "example" | "filled" | "lengths"> {
  const present = values.flat().filter((value) => isPresent(value) && !isGroup(value));
  const [first] = present;
  const filled = values.filter((each) => each.some((value) => isPresent(value))).length;
  const lengths = lengthsOf(present.map(textOf));
  return { example: first === undefined ? null : exampleOf(first), filled, lengths };
}

function exampleOf(value: unknown): string {
  const text = textOf(value);
  return text.length > exampleLength ? `${text.slice(0, exampleLength - 1)}…` : text;
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "");
}

/** Sales are written with points, contacts with slashes. */
function signOf(path: string): string {
  return /^(operation|order)\b/.test(path) ? "." : "/";
}

function nameText(name: string): string {
  return plainName.test(name) ? name : `\`${name}\``;
}

function wordText(text: string): string {
  return plainName.test(text) && text !== "true" && text !== "false" ? text : JSON.stringify(text);
}

type Json = Readonly<Record<string, unknown>>;

function isGroup(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
