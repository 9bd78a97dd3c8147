import { ApiError } from "../http/errors";

const REFERENCE_ADVICE = "Please reference your WSDL or the describe call for the appropriate names.";

/**
 * A SOQL error in Salesforce's form: the part of the query around the token, a caret below it, row and column, and the
 * reason.
 */
export function soqlError(code: string, query: string, token: string, reason: string): ApiError {
  return new ApiError(400, code, `${located(query, token)}\n${reason}`);
}

export function noSuchColumn(query: string, token: string, objectName: string): ApiError {
  const column = token.split(".").at(-1) ?? token;
  return soqlError(
    "INVALID_FIELD",
    query,
    token,
    `No such column '${column}' on entity '${objectName}'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. ${REFERENCE_ADVICE}`,
  );
}

export function noSuchRelationship(query: string, token: string, relationship: string): ApiError {
  return soqlError(
    "INVALID_FIELD",
    query,
    token,
    `Didn't understand relationship '${relationship}' in field path. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. ${REFERENCE_ADVICE}`,
  );
}

export function noSuchObject(query: string, name: string): ApiError {
  return soqlError(
    "INVALID_TYPE",
    query,
    name,
    `sObject type '${name}' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name. ${REFERENCE_ADVICE}`,
  );
}

function located(query: string, token: string): string {
  const flat = query.replaceAll(/\s/g, " ");
  const found = token === "" ? flat.length : flat.toLowerCase().indexOf(token.toLowerCase());
  const column = found < 0 ? 0 : found;
  const start = Math.max(0, column - 40);
  const part = flat.slice(start, column + token.length + 40);
  return `\n${part}\n${" ".repeat(column - start)}^\nERROR at Row:1:Column:${column + 1}`;
}
