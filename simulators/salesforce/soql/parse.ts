import { parseQuery, type Query } from "@jetstreamapp/soql-parser-js";
import { soqlError } from "./errors";

const MAX_QUERY_CHARACTERS = 100_000;

/** @throws ApiError MALFORMED_QUERY, in the words of Salesforce's own parser where ours tells the token. */
export function parseSoql(query: string): Query & { sObject: string } {
  if (query.trim() === "") throw soqlError("MALFORMED_QUERY", query, "", "unexpected token: '<EOF>'");
  if (query.length > MAX_QUERY_CHARACTERS) {
    throw soqlError("MALFORMED_QUERY", query, "", "SOQL statements cannot be longer than 100000 characters.");
  }
  let parsed: Query;
  try {
    parsed = parseQuery(query);
  } catch (error) {
    throw malformed(query, error);
  }
  if (!parsed.sObject) throw soqlError("MALFORMED_QUERY", query, "", "unexpected token: '<EOF>'");
  return { ...parsed, sObject: parsed.sObject };
}

function malformed(query: string, error: unknown): Error {
  const message = error instanceof Error ? error.message : String(error);
  const found = /but found:? ?(?:-->)? ?'([^']*)'/.exec(message)?.[1];
  const character = /unexpected character: ->(.)<-/.exec(message)?.[1];
  if (character !== undefined) {
    return soqlError(
      "MALFORMED_QUERY",
      query,
      character,
      `line 1:0 no viable alternative at character '${character}'`,
    );
  }
  const token = found ?? "";
  return soqlError("MALFORMED_QUERY", query, token, `unexpected token: '${token === "" ? "<EOF>" : token}'`);
}
