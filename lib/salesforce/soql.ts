/** SOQL with our own escaping; jsforce's leaves backslashes alone (salesforce.md §0.3). */

const escapes: Readonly<Record<string, string>> = {
  "\\": "\\\\",
  "'": "\\'",
  '"': '\\"',
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\b": "\\b",
  "\f": "\\f",
};

export function soqlString(value: string): string {
  return `'${value.replace(/[\\'"\n\r\t\b\f]/g, (character) => escapes[character] ?? character)}'`;
}

const NAME = /^[A-Za-z]\w*(\.[A-Za-z]\w*)?$/;

/** API names come from settings and mappings: they are never trusted to be names. Throws Error. */
export function soqlName(name: string): string {
  if (!NAME.test(name)) throw new Error(`not an API name: ${JSON.stringify(name.slice(0, 100))}`);
  return name;
}

export function select(object: string, columns: readonly string[]): string {
  const list = [...new Set(columns)].map(soqlName).join(",");
  return `SELECT ${list} FROM ${soqlName(object)}`;
}

export function selectByKeys(
  object: string,
  columns: readonly string[],
  keyField: string,
  keyLiterals: readonly string[],
): string {
  return `${select(object, columns)} WHERE ${soqlName(keyField)} IN (${keyLiterals.join(",")})`;
}

/** A moment as SOQL takes it: ISO 8601 in UTC, without quotes. Throws Error for what is no moment. */
export function soqlMoment(moment: string): string {
  const ms = Date.parse(moment);
  if (Number.isNaN(ms)) throw new Error(`not a moment: ${JSON.stringify(moment.slice(0, 100))}`);
  return new Date(ms).toISOString();
}

/** A URL and its headers may take 16,384 bytes together (salesforce.md §3.2); the rest is for the headers. */
export const QUERY_BYTES = 12_000;

/** Bytes the query takes in a URL. */
export function queryBytes(soql: string): number {
  return encodeURIComponent(soql).length;
}
