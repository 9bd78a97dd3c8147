import type { CallDetails } from "../org/call-log";
import type { Org } from "../org/org";
import type { Session } from "../org/sessions";
import type { Schema } from "../model/schema";
import type { Writer } from "../write/writer";

/** A request to the REST API below `/services/data/vXX.0`, from the wire or inside a Composite call. */
export interface RestRequest {
  method: string;
  /** `62` for v62.0. */
  version: number;
  /** Path after the version, percent-encoded, `/sobjects/Account`. */
  path: string;
  query: URLSearchParams;
  /** Names in lower case. */
  headers: Readonly<Record<string, string | undefined>>;
  /** Parsed JSON, undefined when there was none. */
  body: unknown;
  /** The text the body came from, to say where in it an error is. */
  bodyText: string;
  /** The body as it came, gzip unpacked. */
  bytes: Buffer;
  origin: string;
}

export interface RestReply {
  status: number;
  /** Answered as JSON. */
  body?: unknown;
  /** Answered as it is, in place of `body`. */
  text?: string;
  /** Of `text`; default `text/plain`. */
  contentType?: string;
  headers?: Record<string, string>;
}

export interface RestCall {
  org: Org;
  session: Session;
  /** The org's schema as the session's user may see it. */
  schema: Schema;
  writer: Writer;
  request: RestRequest;
  /** All routes, for requests inside requests. */
  routes: readonly Route[];
  /** What this call adds to its line in the call log. */
  details: CallDetails;
}

/** `parameters` are the decoded groups of the route's pattern. */
export type RestHandler = (call: RestCall, parameters: readonly string[]) => RestReply;

export interface Route {
  method: string;
  /** Matched against the whole path after the version. */
  pattern: RegExp;
  handle: RestHandler;
  /** Counted by Composite's "at most five queries or Collections". */
  heavy?: boolean;
  /** Answered also inside a Composite call. */
  composable?: boolean;
  /** Content types the resource takes besides JSON. */
  accepts?: RegExp;
  /** The first version that has the resource, where an org of 37.0 did not; see `resources/version-changes.ts`. */
  since?: number;
}

/** Base path of the version that a request speaks, `/services/data/v62.0`. */
export function versionPath(version: number): string {
  return `/services/data/v${version}.0`;
}
