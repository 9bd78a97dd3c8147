/** The web process: S-360's calls are answered by their routes at once, everything else by Next.js. */
import { securityHeaders } from "@/next.config.js";
import { loadConfig } from "@/lib/platform/config";
import { createLogger, describeError } from "@/lib/platform/log";
import { openPages } from "./pages";
import { openServer } from "./server";

const { host, port, logLevel } = loadConfig();
const log = createLogger("web", logLevel);
const app = openPages(host, port);
await app.prepare();
const { server, stop } = openServer({ pages: app.getRequestHandler(), headers: securityHeaders, log });

// Next.js logs what nobody caught and goes on, which a process that cannot listen must not.
server.on("error", (error) => {
  log.fatal({ err: describeError(error) }, "the web process cannot listen");
  process.exit(1);
});
// A service manager tells every process, and the supervisor tells this one once more: the second time changes nothing.
let ending: Promise<void> | undefined;
for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => void (ending ??= end()));
server.listen(port, host);

async function end(): Promise<void> {
  await stop();
  await app.close().finally(() => process.exit());
}
