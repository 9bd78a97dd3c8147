import type { ServerResponse } from "node:http";
import { describeError, type Logger } from "@/lib/platform/log";

/** For an answer that broke: nobody waits for it in vain, and S-360 sends again what was not answered with 200. */
export function breakOff(response: ServerResponse, error: unknown, log: Logger): void {
  log.error({ err: describeError(error) }, "an answer broke");
  if (response.headersSent) response.destroy();
  else response.writeHead(500, { "cache-control": "no-store" }).end();
}
