/** What can be written next at a place of a short form. Pure. */
import { memberOf, type SourceMember } from "../source-model";
import { shortHelpers } from "./form";
import { tokensOf, type Token } from "./tokens";

export interface ShortCompletion {
  readonly text: string;
  /** `field`: a value; `group`: holds others; `flag` and `code`: choose an element of a list. */
  readonly kind: "field" | "group" | "list" | "flag" | "code" | "helper" | "value-map" | "word";
  /** A few words beside it. */
  readonly detail?: string;
}

export interface ShortCompletions {
  /** 0-based: where the word begins that they replace. */
  readonly from: number;
  readonly options: readonly ShortCompletion[];
}

export interface CompletionSource {
  readonly model: readonly SourceMember[];
  readonly valueMaps: readonly string[];
  /** Values that a code was seen with, by the names of the list and of the code. */
  readonly codes: (list: string, code: string) => readonly string[];
}

interface Place {
  /** What a name here is looked up in. */
  readonly members: readonly SourceMember[];
  readonly of: "path" | "start" | "filter" | "map-name" | "after-value" | "code-value";
  /** The list whose element is chosen. */
  readonly list?: SourceMember;
  readonly code?: string;
}

/** Null where nothing can be said: inside a text, or after something that cannot be read. */
export function completeShortForm(
  text: string,
  caret: number,
  source: CompletionSource,
): ShortCompletions | null {
  const cut = tokensOf(text.slice(0, caret));
  if (!cut.ok) return null;
  const tokens = cut.tokens.slice(0, -1);
  const last = tokens.at(-1);
  const isPartial = last?.kind === "name" && last.position - 1 + last.length === caret;
  const place = placeAfter(isPartial ? tokens.slice(0, -1) : tokens, source.model);
  const from = isPartial ? last.position - 1 : caret;
  const options = optionsAt(place, source);
  return options.length === 0 ? null : { from, options };
}

interface Open {
  readonly kind: "filter" | "call" | "map-call";
  /** What a path inside begins with. */
  readonly members: readonly SourceMember[];
  readonly list?: SourceMember;
}

function placeAfter(tokens: readonly Token[], model: readonly SourceMember[]): Place {
  const open: Open[] = [];
  const start: Place = { members: model, of: "start" };
  let place: Place = start;
  let found: SourceMember | undefined;
  for (const [index, token] of tokens.entries()) {
    const inside = open.at(-1);
    if (token.kind !== "sign") {
      found = token.kind === "name" ? memberOf(place.members, token.text) : undefined;
      place = { members: [], of: "after-value", list: inside?.list, code: token.text };
    } else if (token.text === "(") {
      const name = tokens[index - 1]?.text ?? "";
      const isCall = found === undefined && calls.has(name);
      open.push(
        isCall
          ? { kind: name === "valueMap" ? "map-call" : "call", members: model }
          : { kind: "filter", members: found?.members ?? [], list: found },
      );
      place = placeInside(open.at(-1), 0);
    } else if (token.text === ")") {
      const closed = open.pop();
      found = closed?.list;
      place = { members: [], of: "after-value" };
    } else if (token.text === "/" || token.text === ".") {
      place = { members: found?.members ?? [], of: "path" };
    } else if (token.text === "=") {
      place = { members: [], of: "code-value", list: inside?.list, code: place.code };
    } else if (token.text === ",") {
      place = placeInside(inside, 1);
    } else if (token.text === "+") {
      place = start;
    } else if (token.text === "!" && place.of !== "filter") {
      place = { members: model, of: inside ? place.of : "path" };
    }
  }
  return place;
}

const calls: ReadonlySet<string> = new Set([...shortHelpers, "valueMap", "first"]);

function placeInside(open: Open | undefined, argument: number): Place {
  if (!open) return { members: [], of: "after-value" };
  if (open.kind === "filter") return { members: open.members, of: "filter", list: open.list };
  if (open.kind === "map-call" && argument === 0) return { members: [], of: "map-name" };
  return { members: open.members, of: "path" };
}

function optionsAt({ of, members, list, code }: Place, source: CompletionSource): ShortCompletion[] {
  switch (of) {
    case "start":
      return [...members.map(memberOption), ...words, ...helpers];
    case "path":
      return members.map(memberOption);
    case "filter":
      return members.flatMap(({ name, type }): ShortCompletion[] => {
        if (type === "boolean") return [{ text: name, kind: "flag", detail: "is set" }];
        return type === null ? [] : [{ text: `${name}=`, kind: "code", detail: "equals …" }];
      });
    case "code-value":
      return source
        .codes(list?.name ?? "", code ?? "")
        .map((value) => ({ text: quotedIfNeeded(value), kind: "code" }));
    case "map-name":
      return source.valueMaps.map((name) => ({ text: quotedIfNeeded(name), kind: "value-map" }));
    case "after-value":
      return [];
  }
}

function memberOption({ name, list, members, type }: SourceMember): ShortCompletion {
  if (members.length === 0) return { text: name, kind: "field", detail: type ?? "" };
  return { text: name, kind: list ? "list" : "group", detail: list ? "list" : "group" };
}

const words: readonly ShortCompletion[] = [{ text: "EOL", kind: "word", detail: "line break" }];

const helpers: readonly ShortCompletion[] = [
  { text: "valueMap(", kind: "helper", detail: "look a code up" },
  { text: "first(", kind: "helper", detail: "the first that is not empty" },
  { text: "money(", kind: "helper", detail: "thousandths as a number" },
  { text: "moneyText(", kind: "helper", detail: "thousandths as text" },
  { text: "number(", kind: "helper", detail: "a text as a number" },
  { text: "date(", kind: "helper", detail: "the day of a moment" },
  { text: "dateTime(", kind: "helper", detail: "a moment in UTC" },
  { text: "phone(", kind: "helper", detail: "+41791234567" },
  { text: "country(", kind: "helper", detail: "two letters" },
  { text: "percent(", kind: "helper", detail: "20% as a number" },
];

function quotedIfNeeded(text: string): string {
  return /^[\p{L}_][\p{L}\p{N}_-]*$/u.test(text) ? text : JSON.stringify(text);
}
