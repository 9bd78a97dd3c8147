import { isWord, tokenise, type Token } from "./tokens";

/** A query as the parser reads it, with what it does not read put aside. */
export interface Rewritten {
  readonly text: string;
  /** What FROM names after the first object, in that order. */
  readonly furtherSources: readonly FurtherSource[];
  /** Functions by the name that stands in their place. */
  readonly functions: ReadonlyMap<string, string>;
  /** Whether ALL ROWS stands at the end. */
  readonly allRows: boolean;
  /** Whether three NOTs follow each other with nothing but parentheses between: the parser loses one of them. */
  readonly hasThreeNots: boolean;
}

/** `c.Account a` of `FROM Contact c, c.Account a`. */
export interface FurtherSource {
  readonly path: string;
  readonly alias: string | undefined;
}

const READ_IN_ORDER_BY = new Set(["COUNT", "COUNT_DISTINCT", "SUM", "AVG", "MIN", "MAX"]);
const AFTER_ORDER_BY = new Set(["LIMIT", "OFFSET", "FOR", "UPDATE", "ALL"]);
const AFTER_FROM = new Set([
  "USING",
  "WHERE",
  "WITH",
  "GROUP",
  "HAVING",
  "ORDER",
  "LIMIT",
  "OFFSET",
  "FOR",
  "UPDATE",
  "ALL",
]);

/**
 * The parser does not read functions in ORDER BY and within ROLLUP and CUBE, paths in FROM, and ALL ROWS. They are
 * replaced by names, or taken out.
 */
export function rewrite(query: string): Rewritten {
  const tokens = tokenise(query);
  const edits: { from: number; to: number; text: string }[] = [];
  const functions = new Map<string, string>();
  for (const { from, to } of functionsNotRead(tokens)) {
    const name = `placed_function_${String(functions.size)}`;
    functions.set(name, query.slice(from, to));
    edits.push({ from, to, text: name });
  }
  const paths = pathsInFrom(tokens);
  if (paths.to > paths.from) edits.push({ from: paths.from, to: paths.to, text: "" });
  const last = tokens.length - 1;
  const allRows = isWord(tokens[last - 1], "ALL") && isWord(tokens[last], "ROWS");
  if (allRows) edits.push({ from: tokens[last - 1]?.from ?? 0, to: query.length, text: "" });
  let text = query;
  for (const edit of edits.sort((a, b) => b.from - a.from)) {
    text = text.slice(0, edit.from) + edit.text + text.slice(edit.to);
  }
  return { text, furtherSources: paths.sources, functions, allRows, hasThreeNots: hasThreeNots(tokens) };
}

function hasThreeNots(tokens: readonly Token[]): boolean {
  let nots = 0;
  for (const token of tokens) {
    if (token.text === "(") continue;
    nots = isWord(token, "NOT") ? nots + 1 : 0;
    if (nots === 3) return true;
  }
  return false;
}

function* functionsNotRead(tokens: readonly Token[]): Generator<{ from: number; to: number }> {
  let orderDepth: number | undefined;
  let groupDepth: number | undefined;
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at];
    if (!token) continue;
    if (orderDepth !== undefined && isOrderEnd(token, orderDepth)) orderDepth = undefined;
    if (groupDepth !== undefined && token.text === ")" && token.depth < groupDepth) groupDepth = undefined;
    if (isWord(token, "ORDER") && isWord(tokens[at + 1], "BY")) orderDepth = token.depth;
    if (token.kind !== "word" || tokens[at + 1]?.text !== "(") continue;
    const name = token.text.toUpperCase();
    if (name === "ROLLUP" || name === "CUBE") {
      groupDepth = token.depth + 1;
      continue;
    }
    const isOrdered = orderDepth !== undefined && !READ_IN_ORDER_BY.has(name);
    if (!isOrdered && groupDepth === undefined) continue;
    const close = closing(tokens, at + 1);
    yield { from: token.from, to: tokens[close]?.to ?? token.to };
    at = close;
  }
}

function isOrderEnd(token: Token, depth: number): boolean {
  return token.depth < depth || (token.kind === "word" && AFTER_ORDER_BY.has(token.text.toUpperCase()));
}

/** `FROM Contact c, c.Account a`: the part after the object, and what it names. */
function pathsInFrom(tokens: readonly Token[]): { from: number; to: number; sources: FurtherSource[] } {
  const sources: FurtherSource[] = [];
  let at = tokens.findIndex((token) => token.depth === 0 && isWord(token, "FROM")) + 1;
  const start = at === 0 ? undefined : tokens.findIndex((token, index) => index >= at && token.text === ",");
  if (start === undefined || start < 0 || start - at > 2) return { from: 0, to: 0, sources };
  let to = start;
  at = start;
  while (tokens[at]?.text === ",") {
    const path: string[] = [];
    at += 1;
    while (tokens[at]?.kind === "word") {
      path.push(tokens[at]?.text ?? "");
      at += 1;
      if (tokens[at]?.text !== ".") break;
      at += 1;
    }
    const name = tokens[at];
    const isAlias = name?.kind === "word" && !AFTER_FROM.has(name.text.toUpperCase());
    if (isAlias) at += 1;
    sources.push({ path: path.join("."), alias: isAlias ? name.text : undefined });
    to = at;
  }
  const from = tokens[start]?.from ?? 0;
  return { from, to: tokens[to - 1]?.to ?? from, sources };
}

function closing(tokens: readonly Token[], open: number): number {
  const depth = tokens[open]?.depth;
  const found = tokens.findIndex((token, at) => at > open && token.text === ")" && token.depth === depth);
  return found < 0 ? tokens.length - 1 : found;
}
