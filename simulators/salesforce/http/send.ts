import type { ServerResponse } from "node:http";
import { promisify } from "node:util";
import { constants, deflate, gzip } from "node:zlib";
import { prettyJson } from "./pretty-json";

/** What goes out: one of `body` (as JSON), `html`, `text`, or nothing. */
export interface Reply {
  status: number;
  body?: unknown;
  html?: string;
  text?: string;
  /** Of `text`; default `text/plain`. */
  contentType?: string;
  headers?: Record<string, string | string[]>;
  /** Whether Salesforce would count it against the daily API requests. */
  counted?: boolean;
}

const SMALLEST_COMPRESSED_BYTES = 1024;
const LEVEL = { level: constants.Z_BEST_SPEED };
const ENCODERS = { gzip: promisify(gzip), deflate: promisify(deflate) } as const;
type Encoding = keyof typeof ENCODERS;

/**
 * Sends the reply: JSON, pretty when `X-PrettyPrint` asks for it, and compressed when `Accept-Encoding` does and the
 * body has more than 1 KB (REST API guide, "Compression Headers"). HEAD and 304 keep the headers and drop the body.
 */
export async function send(
  response: ServerResponse,
  method: string,
  requestHeaders: Readonly<Record<string, string | undefined>>,
  reply: Reply,
): Promise<void> {
  const { text, contentType } = content(reply, requestHeaders["x-prettyprint"]);
  const encoding = encodingFor(requestHeaders["accept-encoding"]);
  const plain = Buffer.from(text, "utf8");
  const isCompressed = encoding !== undefined && plain.length > SMALLEST_COMPRESSED_BYTES;
  const bytes = isCompressed ? await ENCODERS[encoding](plain, LEVEL) : plain;
  const hasContent = bytes.length > 0 && reply.status !== 204 && reply.status !== 304;
  response.writeHead(reply.status, {
    "Cache-Control": "no-cache, no-store",
    // By the clock that rows are stamped by: Node's own header knows no clock that a test moves on.
    Date: new Date().toUTCString(),
    ...reply.headers,
    ...(hasContent ? { "Content-Type": contentType, Vary: "Accept-Encoding" } : {}),
    ...(hasContent && isCompressed ? { "Content-Encoding": encoding } : {}),
    ...(reply.status === 204 || reply.status === 304
      ? {}
      : { "Content-Length": hasContent ? bytes.length : 0 }),
  });
  response.end(hasContent && method !== "HEAD" ? bytes : undefined);
}

function content(reply: Reply, prettyPrint: string | undefined): { text: string; contentType: string } {
  const { html, text, contentType, body } = reply;
  if (html !== undefined) return { text: html, contentType: "text/html; charset=utf-8" };
  if (text !== undefined) return { text, contentType: contentType ?? "text/plain" };
  const isPretty = /^(?:1|true)$/i.test(prettyPrint ?? "");
  return {
    text: body === undefined ? "" : isPretty ? prettyJson(body) : JSON.stringify(body),
    contentType: "application/json;charset=UTF-8",
  };
}

/** The first encoding we know that the client takes; a weight of zero means it does not. */
function encodingFor(header: string | undefined): Encoding | undefined {
  const wanted = (header ?? "")
    .split(",")
    .map((part) => part.trim().toLowerCase())
    .filter((part) => !/;\s*q=0(?:\.0*)?$/.test(part))
    .map((part) => part.split(";")[0] ?? "");
  if (wanted.includes("gzip") || wanted.includes("*")) return "gzip";
  return wanted.includes("deflate") ? "deflate" : undefined;
}
