/** The web process: S-360's calls are answered by their routes at once, everything else by Next.js. */
import { createServer } from "node:http";
import next from "next";
import nextConfig from "@/next.config.js";
import { loadConfig } from "@/lib/platform/config";
import { openDoor } from "./door";

const { host, port } = loadConfig();
const app = next({ dev: false, hostname: host, port });
await app.prepare();
const pages = app.getRequestHandler();
const everywhere = await nextConfig.headers?.();
const door = openDoor(everywhere?.flatMap(({ headers }) => headers) ?? []);

const server = createServer((request, response) => {
  const webhook = door.webhookOf(request);
  void (webhook ? door.answer(webhook, request, response) : pages(request, response));
});
for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, stop);
server.listen(port, host);

/** What is being answered is answered to its end. */
function stop(): void {
  server.close(() => void app.close().finally(() => process.exit()));
}
