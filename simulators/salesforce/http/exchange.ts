import type { IncomingMessage } from "node:http";
import { ApiError } from "./errors";
import { isMultipart } from "./multipart";
import { readBody } from "./read-body";
import type { CallDetails } from "../org/call-log";

/** One HTTP request as it came in. */
export interface Exchange {
  /** What the client means: of a POST with `?_HttpMethod=PATCH`, PATCH. */
  method: string;
  url: URL;
  /** Names in lower case. */
  headers: Record<string, string | undefined>;
  /** All request headers as they stood on the wire. */
  headerBytes: number;
  /** Empty for multipart/form-data, whose parts may be no text. */
  bodyText: string;
  bytes: Buffer;
  details: CallDetails;
}

const OVERRIDABLE = new Set(["GET", "HEAD", "PATCH", "PUT", "DELETE"]);

/** The request line and headers, before the body is read. @throws ApiError 400 for an address that is none */
export function openExchange(request: IncomingMessage): Exchange {
  const headers: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    headers[name] = Array.isArray(value) ? value.join(", ") : value;
  }
  const url = readUrl(request.url ?? "/", headers.host ?? "localhost");
  const headerBytes = request.rawHeaders.reduce((bytes, part) => bytes + Buffer.byteLength(part) + 2, 0);
  return {
    method: methodMeant(request.method ?? "GET", url),
    url,
    headers,
    headerBytes,
    bodyText: "",
    bytes: Buffer.alloc(0),
    details: {},
  };
}

/** Reads the body into the exchange. @throws ApiError as readBody does */
export async function readInto(exchange: Exchange, request: IncomingMessage): Promise<void> {
  exchange.bytes = await readBody(request);
  if (!isMultipart(exchange.headers["content-type"])) exchange.bodyText = exchange.bytes.toString("utf8");
}

function readUrl(target: string, host: string): URL {
  try {
    decodeURI(target);
    return new URL(`http://${host}${target.startsWith("/") ? "" : "/"}${target}`);
  } catch (error) {
    if (error instanceof URIError || error instanceof TypeError) {
      throw new ApiError(400, "BAD_REQUEST", "The request URI is not well formed");
    }
    throw error;
  }
}

/**
 * For HTTP libraries that cannot name any method, a POST to the REST API may carry `?_HttpMethod=` (guide, "Update a
 * Record", the Java example).
 */
function methodMeant(method: string, url: URL): string {
  const given = url.searchParams.get("_HttpMethod")?.toUpperCase();
  const isRest = url.pathname.startsWith("/services/data/");
  if (!isRest || method !== "POST" || given === undefined || !OVERRIDABLE.has(given)) return method;
  url.searchParams.delete("_HttpMethod");
  return given;
}
