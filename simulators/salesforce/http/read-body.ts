import type { IncomingMessage } from "node:http";
import { promisify } from "node:util";
import { gunzip, inflate } from "node:zlib";
import { ApiError } from "./errors";

const MAX_BODY_BYTES = 50 * 1024 * 1024;
/** Bulk API 2.0 takes 150 MB of base64, which is what 100 MB of CSV becomes (Bulk API guide, "Limits"). */
const MAX_JOB_BYTES = 150 * 1024 * 1024;

const DECODERS = { gzip: promisify(gunzip), deflate: promisify(inflate) } as const;

/**
 * The body of a request, unpacked when it came as gzip or deflate (REST API guide, "Compression Headers").
 * @throws ApiError 413 beyond 50 MB (150 MB for Bulk API jobs), 415 for another encoding, 400 for broken data
 */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const maxBytes = request.url?.includes("/jobs/") ? MAX_JOB_BYTES : MAX_BODY_BYTES;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= maxBytes) chunks.push(chunk);
  }
  if (size > maxBytes) throw tooLarge(maxBytes);
  const bytes = Buffer.concat(chunks);
  const encoding = (request.headers["content-encoding"] ?? "identity").trim().toLowerCase();
  return encoding === "identity" || bytes.length === 0 ? bytes : unpack(bytes, encoding, maxBytes);
}

async function unpack(bytes: Buffer, encoding: string, maxBytes: number): Promise<Buffer> {
  if (encoding !== "gzip" && encoding !== "deflate") {
    throw new ApiError(415, "UNSUPPORTED_MEDIA_TYPE", `Content-Encoding is not supported: ${encoding}`);
  }
  try {
    return await DECODERS[encoding](bytes, { maxOutputLength: maxBytes });
  } catch (error) {
    if (isTooLong(error)) throw tooLarge(maxBytes);
    throw new ApiError(400, "JSON_PARSER_ERROR", `The request body is not valid ${encoding} data`);
  }
}

function isTooLong(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ERR_BUFFER_TOO_LARGE";
}

/** Code and sentence of the SOAP API guide's ExceptionCode of this name. */
function tooLarge(maxBytes: number): ApiError {
  const megabytes = maxBytes / 1024 / 1024;
  return new ApiError(
    413,
    "EXCEEDED_MAX_SIZE_REQUEST",
    `The size of a message sent to the API exceeded ${megabytes} MB.`,
  );
}
