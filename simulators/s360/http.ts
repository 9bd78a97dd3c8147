import type { IncomingMessage, ServerResponse } from "node:http";

const maxBodyBytes = 64 * 1024 * 1024;

/** Answers with this status and a message that is meant to be read. */
export class HttpError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** The request's body as text. Throws HttpError 413 beyond 64 MB. */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBodyBytes) throw new HttpError(413, "The body is over 64 MB.");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

export function replyJson(response: ServerResponse, status: number, jsonText: string): void {
  response.writeHead(status, {
    "content-type": "application/json; charset=utf-8",
    "cache-control": "no-store",
  });
  response.end(`${jsonText}\n`);
}

export function replyPage(response: ServerResponse, status: number, html: string): void {
  response.writeHead(status, {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    "content-security-policy":
      "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'",
  });
  response.end(html);
}

/** Sends the browser elsewhere after a form was accepted. */
export function replySeeOther(response: ServerResponse, location: string): void {
  response.writeHead(303, { location });
  response.end();
}
