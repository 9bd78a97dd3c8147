/** The web process: S-360's calls are answered by their routes at once, everything else by Next.js. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import next from "next";
import nextConfig from "@/next.config.js";
import { loadConfig } from "@/lib/platform/config";
import { createLogger, describeError } from "@/lib/platform/log";
import { openDoor } from "./door";
import { breakOff } from "./break-off";

const { host, port, logLevel } = loadConfig();
const log = createLogger("web", logLevel);
const app = next({ dev: false, hostname: host, port });
await app.prepare();
const pages = app.getRequestHandler();
const everywhere = await nextConfig.headers?.();
const door = openDoor(log, everywhere?.flatMap(({ headers }) => headers) ?? []);

const server = createServer((request, response) => {
  const webhook = door.webhookOf(request);
  void (webhook ? door.answer(webhook, request, response) : page(request, response));
});
// Next.js logs what nobody caught and goes on, which a process that cannot listen must not.
server.on("error", (error) => {
  log.fatal({ err: describeError(error) }, "the web process cannot listen");
  process.exit(1);
});
for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, stop);
server.listen(port, host);

async function page(request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    await pages(request, response);
  } catch (error) {
    breakOff(response, error, log);
  }
}

/** What is being answered is answered to its end. */
function stop(): void {
  server.close(() => void app.close().finally(() => process.exit()));
}
