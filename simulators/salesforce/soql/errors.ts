import type { Clause, QuerySource } from "./source";
import { ApiError } from "../http/errors";

const REFERENCE_ADVICE = "Please reference your WSDL or the describe call for the appropriate names.";
/** How far around the error Salesforce shows the query, before it goes on to the end of a word (recorded errors). */
const SHOWN_CHARACTERS = 31;

/**
 * A SOQL error in Salesforce's form: the part of the query around the place, a caret below it, row and column, and the
 * reason.
 */
export function errorAt(code: string, text: string, position: number, reason: string): ApiError {
  return new ApiError(400, code, `${located(text, position)}\n${reason}`);
}

/** The same for a name in a clause. */
export function soqlError(
  code: string,
  source: QuerySource,
  name: string,
  clause: Clause,
  reason: string,
): ApiError {
  return errorAt(code, source.text, source.find(name, clause), reason);
}

/** A SOQL error that Salesforce words without a place. */
export function plainError(code: string, reason: string): ApiError {
  return new ApiError(400, code, reason);
}

/** For what this org leaves out; Salesforce would not say so. */
export function notAnswered(what: string): ApiError {
  return plainError("MALFORMED_QUERY", `The simulated org does not answer ${what}.`);
}

export function noSuchColumn(
  source: QuerySource,
  path: string,
  clause: Clause,
  column: string,
  objectName: string,
): ApiError {
  return soqlError(
    "INVALID_FIELD",
    source,
    path,
    clause,
    `No such column '${column}' on entity '${objectName}'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. ${REFERENCE_ADVICE}`,
  );
}

export function noSuchRelationship(
  source: QuerySource,
  path: string,
  clause: Clause,
  relationship: string,
): ApiError {
  return soqlError(
    "INVALID_FIELD",
    source,
    path,
    clause,
    `Didn't understand relationship '${relationship}' in field path. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. ${REFERENCE_ADVICE}`,
  );
}

export function noSuchChildRelationship(source: QuerySource, name: string): ApiError {
  return soqlError(
    "INVALID_TYPE",
    source,
    name,
    "FROM",
    `Didn't understand relationship '${name}' in FROM part of query call. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. ${REFERENCE_ADVICE}`,
  );
}

export function noSuchObject(source: QuerySource, name: string): ApiError {
  return soqlError(
    "INVALID_TYPE",
    source,
    name,
    "FROM",
    `sObject type '${name}' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name. ${REFERENCE_ADVICE}`,
  );
}

/** FROM goes on with something that is no relationship of its first object. */
export function drivingObjectSet(source: QuerySource, path: string, drivingName: string): ApiError {
  return soqlError(
    "MALFORMED_QUERY",
    source,
    path,
    "FROM",
    `A driving SObject type has already been set, all other entity types in the FROM clause must be relationships to the initial object. The driving object is ${drivingName}.`,
  );
}

function located(text: string, position: number): string {
  const before = text.slice(0, position).split("\n");
  const lineStart = position - (before.at(-1)?.length ?? 0);
  const lineEnd = text.indexOf("\n", position);
  const line = text.slice(lineStart, lineEnd < 0 ? text.length : lineEnd).replaceAll(/[\r\t]/g, " ");
  const column = position - lineStart;
  let start = Math.max(0, column - SHOWN_CHARACTERS + 1);
  while (start > 0 && !isGap(line.charAt(start - 1))) start -= 1;
  let end = Math.min(line.length, column + SHOWN_CHARACTERS);
  while (end < line.length && !isGap(line.charAt(end))) end += 1;
  const caret = `${" ".repeat(column - start)}^`;
  return `\n${line.slice(start, end)}\n${caret}\nERROR at Row:${String(before.length)}:Column:${String(column + 1)}`;
}

function isGap(character: string): boolean {
  return character === "," || character.trim() === "";
}
