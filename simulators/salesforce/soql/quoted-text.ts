import { errorAt } from "./errors";
import { isWord, type Token } from "./tokens";

const ESCAPE = /\\(?:u([0-9a-fA-F]{4})|([^]))/g;
const KNOWN_ESCAPE = /^\\(?:u[0-9a-fA-F]{4}|[nrtbfNRTBF"'\\])$/;
const LIKE_ESCAPE = /^\\[_%]$/;
const CONTROLS: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" };

/**
 * A backslash stands only before what the documentation lists; `\_` and `\%` are for LIKE alone (SOQL reference,
 * "Quoted String Escape Sequences"). The words of the error are those of Salesforce's reader for other characters.
 * @throws ApiError MALFORMED_QUERY
 */
export function refuseUnknownEscapes(query: string, tokens: readonly Token[]): void {
  for (const [at, token] of tokens.entries()) {
    if (token.kind !== "string") continue;
    const isPattern = isWord(tokens[at - 1], "LIKE");
    for (const { 0: escape, index } of token.text.matchAll(ESCAPE)) {
      if (KNOWN_ESCAPE.test(escape) || (isPattern && LIKE_ESCAPE.test(escape))) continue;
      throw unknownEscape(query, token.from + index + 1);
    }
  }
}

function unknownEscape(query: string, position: number): Error {
  const line = query.slice(0, position).split("\n");
  const place = `line ${String(line.length)}:${String(line.at(-1)?.length ?? 0)}`;
  const reason = `${place} no viable alternative at character '${query.charAt(position)}'`;
  return errorAt("MALFORMED_QUERY", query, Math.max(0, position - 1), reason);
}

/** What stands between the quotes, with every escape resolved to the character it means. */
export function unescapeSoql(text: string): string {
  return text.replace(ESCAPE, (_, code?: string, character = "") =>
    code === undefined
      ? (CONTROLS[String(character).toLowerCase()] ?? String(character))
      : String.fromCharCode(parseInt(code, 16)),
  );
}
