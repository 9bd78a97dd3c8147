/** What listens: S-360's calls go to their routes at once, everything else to the pages. It ends in good order. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Logger } from "@/lib/platform/log";
import { breakOff } from "./break-off";
import { openDoor } from "./door";
import type { Header } from "./send";

export interface WebServer {
  readonly server: Server;
  /** What is being answered is answered to its end, within a time; resolves when no connection is left. */
  stop(): Promise<void>;
}

export interface Serving {
  readonly pages: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  /** What every answer says that we make ourselves. */
  readonly headers: readonly Header[];
  readonly log: Logger;
  readonly closeAfterMs?: number;
}

/** Longer than the database is given for an answer to S-360, shorter than the supervisor's patience (lib/launch/programs.ts). */
const usualCloseAfterMs = 26_000;
/**
 * Longer than proxies keep a connection that is still (nginx a minute, Caddy two): who closes first must not be we, for a POST
 * that is sent at that moment is lost.
 */
const keepAliveMs = 125_000;

/** A server that does not listen yet. */
export function openServer({ pages, headers, log, closeAfterMs = usualCloseAfterMs }: Serving): WebServer {
  const door = openDoor(log, headers);
  const unanswered = new Set<ServerResponse>();
  const sockets = new Set<Socket>();
  let isStopping = false;

  const page = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method, url = "" } = request;
    try {
      await pages(request, response);
    } catch (error) {
      breakOff(response, { error, about: { method, path: url.split("?")[0] }, headers, log });
    }
  };
  const server = createServer((request, response) => {
    unanswered.add(response);
    response.shouldKeepAlive &&= !isStopping;
    response.once("close", () => {
      unanswered.delete(response);
      // An answer that had begun before the stop has promised to keep its connection; others may be on their way on it.
      if (isStopping && ![...unanswered].some(({ req }) => req.socket === request.socket))
        request.socket.destroySoon();
    });
    const webhook = door.webhookOf(request);
    void (webhook ? door.answer(webhook, request, response) : page(request, response));
  });
  server.keepAliveTimeout = keepAliveMs;
  // Node.js wants it longer than the above.
  server.headersTimeout = keepAliveMs + 5_000;
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });

  return {
    server,
    async stop() {
      isStopping = true;
      for (const response of unanswered) response.shouldKeepAlive = false;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      // Browsers open connections that they may need: to Node.js these are not idle, for a call may be on its way.
      for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
      const patience = setTimeout(() => server.closeAllConnections(), closeAfterMs).unref();
      await closed;
      clearTimeout(patience);
    },
  };
}
