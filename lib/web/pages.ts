import { createServer } from "node:http";
import next from "next";

/**
 * Next.js, not prepared yet. It would listen for upgrades on the server that its first request came to, and drop what it does not
 * know: a POST that offers HTTP/2 in passing (`Upgrade: h2c`, as curl and Java do) would get no answer. Nothing here is upgraded,
 * so it is given a server of its own, which never listens.
 */
export function openPages(hostname: string, port: number) {
  return next({ dev: false, hostname, port, httpServer: createServer() });
}
