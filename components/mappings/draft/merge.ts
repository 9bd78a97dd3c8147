/** Two people changed a draft: line by line, what each of them changed goes together. Pure. */
import { sameSales, saysSame } from "@/lib/core/mapping/difference";
import type { MappingDocument, MappingLine } from "@/lib/core/mapping/document";
import { fieldKeysAmong } from "@/lib/core/mapping/field-name";
import { noSalesRules, type SalesRules } from "@/lib/core/mapping/sales/sales";
import type { Content, EditedLine, Unread } from "./content";

export type Side = "theirs" | "mine";

/** What both changed, and not to the same. */
export type Clash = { readonly key: string } & (
  | {
      readonly what: "line";
      readonly target: string;
      /** Null where that side took the line out. */
      readonly theirs: MappingLine | null;
      readonly mine: MappingLine | null;
      /** What is typed on this side and cannot be read yet. */
      readonly unread: Unread | null;
    }
  | { readonly what: "filter"; readonly theirs: string; readonly mine: string }
  | { readonly what: "sales"; readonly theirs: SalesRules; readonly mine: SalesRules }
  | { readonly what: "order" }
);

/** What they did to something that was not touched here. */
export interface Taken {
  readonly what: "line" | "filter" | "sales" | "order";
  /** Of a line. */
  readonly target: string | null;
  readonly change: "added" | "removed" | "changed";
}

export interface Merged {
  readonly content: Content;
  readonly clashes: readonly Clash[];
  readonly taken: readonly Taken[];
}

/** By the key of a clash: whose stays. */
export type Choices = ReadonlyMap<string, Side>;

interface Given {
  /** What both started from. */
  readonly base: MappingDocument;
  readonly theirs: MappingDocument;
  readonly mine: Content;
  /** Without a choice mine stays. */
  readonly choices?: Choices;
  /** For the lines that only they have. */
  readonly firstUid: number;
}

export function mergeDrafts(given: Given): Merged {
  const found: Found = { clashes: [], taken: [] };
  const lines = mergedLines(given, found);
  const filter = mergedFilter(given, found);
  const sales = mergedSales(given, found);
  const order = mergedOrder(given, found);
  const content = { lines: order.flatMap((key) => lines.get(key) ?? []), filter, sales };
  return { content, ...found };
}

interface Found {
  readonly clashes: Clash[];
  readonly taken: Taken[];
}

function mergedLines(
  { base, theirs, mine, choices, firstUid }: Given,
  { clashes, taken }: Found,
): ReadonlyMap<string, EditedLine> {
  const keyOf = keysOf({ base, theirs, mine });
  const was = byKey(base.lines, itself, keyOf);
  const is = byKey(theirs.lines, itself, keyOf);
  const typed = byKey(mine.lines, lineIn, keyOf);
  const kept = new Map<string, EditedLine>();
  let nextUid = firstUid;
  for (const key of new Set([...typed.keys(), ...is.keys(), ...was.keys()])) {
    const [then, their, my] = [was.get(key) ?? null, is.get(key) ?? null, typed.get(key) ?? null];
    const [line, unread] = [my?.line ?? null, my?.unread ?? null];
    const target = (their ?? line ?? then)?.target ?? key;
    const isTheirs = !same(then, their);
    const isMine = unread !== null || !same(then, line);
    const isClash = isTheirs && isMine && (unread !== null || !same(their, line));
    if (isClash) clashes.push({ key, what: "line", target, theirs: their, mine: line, unread });
    if (isTheirs && !isMine) {
      const change = then === null ? "added" : their === null ? "removed" : "changed";
      taken.push({ what: "line", target, change });
    }
    const takesTheirs = isClash ? choices?.get(key) === "theirs" : isTheirs;
    if (takesTheirs && their) kept.set(key, { uid: my?.uid ?? nextUid++, line: their, unread: null });
    else if (!takesTheirs && my) kept.set(key, my);
  }
  return kept;
}

function mergedFilter({ base, theirs, mine, choices }: Given, { clashes, taken }: Found): string {
  const [was, their, my] = [base.filter ?? "", theirs.filter ?? "", mine.filter];
  if (was === their || their === my) return my;
  if (was !== my) {
    clashes.push({ key: "filter", what: "filter", theirs: their, mine: my });
    return choices?.get("filter") === "theirs" ? their : my;
  }
  taken.push({ what: "filter", target: null, change: "changed" });
  return their;
}

function mergedSales({ base, theirs, mine, choices }: Given, { clashes, taken }: Found): SalesRules {
  const their = theirs.sales ?? noSalesRules;
  const my = mine.sales;
  if (sameSales(base.sales, their) || sameSales(their, my)) return my;
  if (!sameSales(base.sales, my)) {
    clashes.push({ key: "sales", what: "sales", theirs: their, mine: my });
    return choices?.get("sales") === "theirs" ? their : my;
  }
  taken.push({ what: "sales", target: null, change: "changed" });
  return their;
}

/** The keys of all lines of either side. */
function mergedOrder({ base, theirs, mine, choices }: Given, { clashes, taken }: Found): readonly string[] {
  const keyOf = keysOf({ base, theirs, mine });
  const was = [...byKey(base.lines, itself, keyOf).keys()];
  const is = [...byKey(theirs.lines, itself, keyOf).keys()];
  const typed = [...byKey(mine.lines, lineIn, keyOf).keys()];
  const differ = isMoved(is, typed);
  const isTheirs = differ && isMoved(was, is);
  const isClash = isTheirs && isMoved(was, typed);
  if (isClash) clashes.push({ key: "order", what: "order" });
  else if (isTheirs) taken.push({ what: "order", target: null, change: "changed" });
  const takesTheirs = isClash ? choices?.get("order") === "theirs" : isTheirs;
  return takesTheirs ? together(is, typed) : together(typed, is);
}

/** By target: the field it means. One side may write it in another way than the other. */
function keysOf({ base, theirs, mine }: Pick<Given, "base" | "theirs" | "mine">): (target: string) => string {
  const documents = [base.lines, theirs.lines, mine.lines.map(lineIn)];
  return fieldKeysAmong(...documents.map((lines) => lines.map(({ target }) => target)));
}

const itself = (line: MappingLine) => line;
const lineIn = ({ line }: EditedLine) => line;

/** Lines that share a field (a draft may have some) are told apart by their turn. */
function byKey<T>(
  lines: readonly T[],
  lineOf: (each: T) => MappingLine,
  keyOf: (target: string) => string,
): ReadonlyMap<string, T> {
  const turns = new Map<string, number>();
  return new Map(
    lines.map((each) => {
      const name = keyOf(lineOf(each).target);
      const turn = turns.get(name) ?? 0;
      turns.set(name, turn + 1);
      return [`line ${name} ${turn}`, each];
    }),
  );
}

function same(a: MappingLine | null, b: MappingLine | null): boolean {
  return a === null || b === null ? a === b : saysSame(a, b);
}

/** Whether what both have stands in another order. */
function isMoved(before: readonly string[], after: readonly string[]): boolean {
  const [earlier, later] = [new Set(before), new Set(after)];
  const order = after.filter((key) => earlier.has(key));
  return before.filter((key) => later.has(key)).some((key, index) => key !== order[index]);
}

/** The order of `first`; what only `second` has stands behind what it stands behind there. */
function together(first: readonly string[], second: readonly string[]): readonly string[] {
  const order = [...first];
  second.forEach((key, index) => {
    if (order.includes(key)) return;
    const before = second[index - 1];
    order.splice(before === undefined ? 0 : order.indexOf(before) + 1, 0, key);
  });
  return order;
}
