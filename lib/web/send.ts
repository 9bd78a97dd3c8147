import type { IncomingMessage, ServerResponse } from "node:http";

export interface Header {
  readonly key: string;
  readonly value: string;
}

/** As long as S-360 waits for an answer (s360.md §8.10). */
const passedOverForMs = 30_000;

/** Sends what a route answered, with the headers of every answer. */
export async function send(
  answer: Response,
  request: IncomingMessage,
  response: ServerResponse,
  headers: readonly Header[],
): Promise<void> {
  const body = Buffer.from(await answer.arrayBuffer());
  const everywhere = headers.map(({ key, value }) => [key, value]);
  const length = ["content-length", String(body.byteLength)];
  response.writeHead(answer.status, [...everywhere, ...answer.headers, length].flat()).end(body);
  passOver(request);
}

/**
 * What is still to come of a body that was not read to its end: many callers look for the answer only when they have sent all.
 * Nobody sends for ever.
 */
function passOver(request: IncomingMessage): void {
  if (request.complete) return;
  // Whoever began to read and gave up left a listener that keeps the rest from flowing.
  request.removeAllListeners("readable");
  request.resume();
  const timer = setTimeout(() => request.destroy(), passedOverForMs).unref();
  request.once("close", () => clearTimeout(timer));
}
