import type { ServerResponse } from "node:http";
import { describeError, type Logger } from "@/lib/platform/log";
import type { Header } from "./send";

interface Broken {
  readonly error: unknown;
  /** What may be logged of the call: nothing of its query, which may hold a secret. */
  readonly about: Readonly<Record<string, unknown>>;
  readonly headers: readonly Header[];
  readonly log: Logger;
}

/** For an answer that broke: nobody waits for it in vain. */
export function breakOff(response: ServerResponse, { error, about, headers, log }: Broken): void {
  log.error({ ...about, err: describeError(error) }, "an answer broke");
  if (response.headersSent) return void response.destroy();
  for (const { key, value } of headers) response.setHeader(key, value);
  response.setHeader("cache-control", "no-store");
  response.setHeader("content-type", "text/plain");
  response.writeHead(500).end("The connector met an error of its own. Its log has the details.");
}
