import { parseQuery, type FieldFunctionExpression, type Query } from "@jetstreamapp/soql-parser-js";
import { errorAt, notAnswered, plainError } from "./errors";
import { refuseUnknownEscapes } from "./quoted-text";
import { rewrite, type FurtherSource } from "./rewrite";
import { QuerySource } from "./source";
import { isWord, tokenise } from "./tokens";

export interface ParsedQuery {
  readonly select: Query & { readonly sObject: string };
  readonly source: QuerySource;
  /** What FROM names after the first object. */
  readonly furtherSources: readonly FurtherSource[];
  /** Functions that stand in ORDER BY, ROLLUP and CUBE, by the name that was put in their place. */
  readonly functions: ReadonlyMap<string, FieldFunctionExpression>;
}

const MAX_QUERY_CHARACTERS = 100_000;
const MAX_PLACES_TRIED = 50;

/**
 * Reads a query.
 * @throws ApiError MALFORMED_QUERY, in the words of Salesforce's own parser where ours tells the token
 */
export function parseSoql(query: string): ParsedQuery {
  if (query.trim() === "") throw unexpectedEnd();
  if (query.length > MAX_QUERY_CHARACTERS) {
    throw plainError("MALFORMED_QUERY", "SOQL statements cannot be longer than 100000 characters.");
  }
  refuseUnknownEscapes(query, tokenise(query));
  const rewritten = rewrite(query);
  const reading = read(rewritten.text);
  if ("problem" in reading) throw malformed(query, reading.problem);
  if (!reading.parsed.sObject) throw unexpectedEnd();
  if (rewritten.hasThreeNots) throw notAnswered("three NOTs in a row");
  if (rewritten.allRows) throw plainError("MALFORMED_QUERY", "ALL ROWS not allowed in this context");
  const functions = new Map<string, FieldFunctionExpression>();
  for (const [name, text] of rewritten.functions) functions.set(name, readFunction(query, text));
  return {
    select: { ...reading.parsed, sObject: reading.parsed.sObject },
    source: QuerySource.of(query),
    furtherSources: rewritten.furtherSources,
    functions,
  };
}

/** What the parser did not like: a token (empty for the end of the query), or a character and where it stands. */
type Problem = { token: string } | { character: string; offset: number };

function read(text: string): { parsed: Query } | { problem: Problem } {
  try {
    return { parsed: parseQuery(text) };
  } catch (error) {
    // Nesting too deep for the parser's own recursion.
    if (error instanceof RangeError) throw tooComplicated();
    return { problem: problemOf(error instanceof Error ? error.message : String(error)) };
  }
}

function readFunction(query: string, text: string): FieldFunctionExpression {
  const reading = read(`SELECT ${text} FROM Placed`);
  if ("problem" in reading) throw malformed(query, reading.problem);
  const [only] = reading.parsed.fields ?? [];
  if (only?.type !== "FieldFunctionExpression") throw unexpectedEnd();
  return only;
}

function problemOf(message: string): Problem {
  const character = /unexpected character: ->([^]+)<- at offset: (\d+)/.exec(message);
  if (character?.[1] !== undefined) return { character: character[1], offset: Number(character[2]) };
  const surplus = /^Redundant input, .*but found: ([^]*)$/.exec(message)?.[1];
  if (surplus !== undefined) return { token: surplus };
  return { token: /but found:? *(?:-->)? *'([^]*?)'(?: <--)?$/.exec(message)?.[1] ?? "" };
}

function malformed(query: string, problem: Problem): Error {
  if ("character" in problem) return unexpectedCharacter(query, problem.character);
  const { token } = problem;
  if (token === "") return unexpectedEnd();
  const place = placeOf(query, token);
  if (place.isCompared && /^[:A-Za-z_]/.test(token)) {
    return plainError("MALFORMED_QUERY", "Bind variables only allowed in Apex code");
  }
  return errorAt("MALFORMED_QUERY", query, before(place.position), `unexpected token: '${token}'`);
}

function unexpectedCharacter(query: string, character: string): Error {
  const found = tokenise(query).find(
    ({ text }) => text.startsWith(character) && (character !== "'" || !/^'[^\r\n]*.'$/s.test(text)),
  );
  const position = found?.from ?? Math.max(0, query.indexOf(character));
  const line = query.slice(0, position).split("\n");
  const place = `line ${String(line.length)}:${String(line.at(-1)?.length ?? 0)}`;
  const reason =
    character === "'"
      ? `${place} mismatched character '<EOF>' expecting '''`
      : `${place} unexpected token: '${character}'`;
  return errorAt("MALFORMED_QUERY", query, before(position), reason);
}

/**
 * The first place of this token that a reader who stops right after it stumbles over, and whether it stands after a
 * comparison, where a value should be.
 */
function placeOf(query: string, text: string): { position: number; isCompared: boolean } {
  const tokens = tokenise(query);
  const places = tokens.filter((token) => token.text === text).slice(0, MAX_PLACES_TRIED);
  const found = places.find(({ to }) => {
    const reading = read(rewrite(query.slice(0, to)).text);
    return "problem" in reading && "token" in reading.problem && reading.problem.token === text;
  });
  const token = found ?? places.at(-1);
  // The parser joins a sign and a number, or cuts a text at a doubled quote.
  if (!token) return { position: Math.max(0, query.lastIndexOf(text)), isCompared: false };
  const previous = tokens[tokens.indexOf(token) - 1];
  return {
    position: token.from,
    isCompared: /^[=<>]$/.test(previous?.text ?? "") || isWord(previous, "LIKE"),
  };
}

/** Salesforce's parser points one character before a token it did not expect (recorded errors). */
function before(position: number): number {
  return Math.max(0, position - 1);
}

function unexpectedEnd(): Error {
  return plainError("MALFORMED_QUERY", "unexpected token: '<EOF>'");
}

export function tooComplicated(): Error {
  return plainError(
    "QUERY_TOO_COMPLICATED",
    "Query is either selecting too many fields or the filter conditions are too complicated.",
  );
}
