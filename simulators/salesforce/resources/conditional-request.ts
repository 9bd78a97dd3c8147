import { createHash } from "node:crypto";
import { ApiError } from "../http/errors";
import type { RestCall, RestReply } from "../http/messages";
import type { SObject } from "../model/schema";
import type { Row } from "../model/types";
import { salesforceMs } from "../org/clock";
import { answeredValue } from "../soql/read-record";

const HTTP_DATE =
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d{2}:\d{2}:\d{2} [A-Z]{1,4}$/;
const ETAG_LIST = /^(?:\*|(?:W\/)?"[^"]*"(?:\s*,\s*(?:W\/)?"[^"]*")*)$/;

/** Headers of the answer that reads a record: when it last changed, and for an Account the hash of its content. */
export function validators(object: SObject, row: Row): Record<string, string> {
  const lastModified = { "Last-Modified": new Date(lastModifiedMs(row)).toUTCString() };
  return object.name === "Account" ? { ...lastModified, ETag: etag(object, row) } : lastModified;
}

/**
 * Conditions on reading a record (REST API guide, "Conditional Request Headers"): 304 when it did not change. ETags count
 * for Account only; a value that is no ETag or date is passed over, as HTTP says.
 * @returns the answer in place of the record, undefined when the record is to be answered
 * @throws ApiError 412
 */
export function unchangedReply({ request }: RestCall, object: SObject, row: Row): RestReply | undefined {
  const { headers } = request;
  const tag = object.name === "Account" ? etag(object, row) : undefined;
  const ifMatch = tag === undefined ? undefined : etags(headers["if-match"]);
  const ifNoneMatch = tag === undefined ? undefined : etags(headers["if-none-match"]);
  const unmodifiedSince = dateMs(headers["if-unmodified-since"]);
  if (tag !== undefined && ifMatch && !matches(ifMatch, tag)) throw preconditionFailed("If-Match");
  if (!ifMatch && unmodifiedSince !== undefined && lastModifiedMs(row) > unmodifiedSince) {
    throw preconditionFailed("If-Unmodified-Since");
  }
  const unchanged: RestReply = { status: 304, headers: validators(object, row) };
  if (tag !== undefined && ifNoneMatch) return matches(ifNoneMatch, tag) ? unchanged : undefined;
  const modifiedSince = dateMs(headers["if-modified-since"]);
  return modifiedSince !== undefined && lastModifiedMs(row) <= modifiedSince ? unchanged : undefined;
}

/**
 * Conditions on changing a record: nothing is changed when one is not met. Deletions take no notice of them: "DELETE
 * requests aren't supported" (REST API guide, "Conditional Request Headers").
 * @throws ApiError 412
 */
export function refuseUnmetConditions({ request }: RestCall, object: SObject, row: Row | undefined): void {
  const { headers } = request;
  if (!row) return;
  if (object.name === "Account") {
    const tag = etag(object, row);
    const ifMatch = etags(headers["if-match"]);
    const ifNoneMatch = etags(headers["if-none-match"]);
    if (ifMatch && !matches(ifMatch, tag)) throw preconditionFailed("If-Match");
    if (ifNoneMatch && matches(ifNoneMatch, tag)) throw preconditionFailed("If-None-Match");
  }
  const unmodifiedSince = dateMs(headers["if-unmodified-since"]);
  if (unmodifiedSince !== undefined && lastModifiedMs(row) > unmodifiedSince) {
    throw preconditionFailed("If-Unmodified-Since");
  }
}

/** @throws ApiError 400: "When you include an invalid header value … on a PATCH or POST request" (guide) */
export function refuseInvalidConditions(headers: Readonly<Record<string, string | undefined>>): void {
  for (const [name, form] of [
    ["If-Match", ETAG_LIST],
    ["If-None-Match", ETAG_LIST],
    ["If-Unmodified-Since", HTTP_DATE],
  ] as const) {
    const value = headers[name.toLowerCase()]?.trim();
    if (value === undefined) continue;
    if (!form.test(value) || (form === HTTP_DATE && dateMs(value) === undefined)) {
      throw new ApiError(400, "INVALID_HEADER", `The ${name} header is not valid: ${value}`);
    }
  }
}

export function preconditionFailed(header: string): ApiError {
  return new ApiError(412, "PRECONDITION_FAILED", `The condition of the ${header} header is not met`);
}

function etag(object: SObject, row: Row): string {
  const content = object.model.fields.map((field) => answeredValue(row, field));
  return `"${createHash("sha256").update(JSON.stringify(content)).digest("base64")}"`;
}

/** The ETags of a header; those of compressed answers end in `--gzip` and mean the same record. */
function etags(header: string | undefined): string[] | undefined {
  if (header === undefined || !ETAG_LIST.test(header.trim())) return undefined;
  return header.split(",").map((tag) =>
    tag
      .trim()
      .replace(/^W\//, "")
      .replace(/--?gzip"$/, '"'),
  );
}

function matches(wanted: readonly string[], tag: string): boolean {
  return wanted.includes("*") || wanted.includes(tag);
}

/** The moment of an HTTP date in its one documented form, `EEE, dd MMM yyyy HH:mm:ss z`. */
export function dateMs(header: string | undefined): number | undefined {
  if (header === undefined || !HTTP_DATE.test(header.trim())) return undefined;
  const ms = Date.parse(header);
  return Number.isNaN(ms) ? undefined : ms;
}

function lastModifiedMs(row: Row): number {
  return salesforceMs(String(row.LastModifiedDate ?? row.SystemModstamp));
}
