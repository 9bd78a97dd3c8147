/** A proxy of our own for tests: CONNECT only, to the places it is told, with what a test orders. */
import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import { connect, type AddressInfo, type Socket } from "node:net";
import type { Duplex } from "node:stream";

export interface ConnectProxy {
  readonly url: string;
  /** What tunnels were asked for, `org.example:443`, whether they were given or not. */
  readonly asked: string[];
  /** `user:password`, asked for with Basic; null: nobody is asked. */
  credentials: string | null;
  /** Answered to every CONNECT while set. */
  refusal: number | null;
  /** Takes the connection and says nothing. */
  silent: boolean;
  close(): Promise<void>;
}

/** Starts one on a free port of 127.0.0.1; `places` says which port of this machine a host name stands for. */
export async function startConnectProxy(places: Readonly<Record<string, number>>): Promise<ConnectProxy> {
  const sockets = new Set<Duplex>();
  const keep = (socket: Duplex) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket)).on("error", () => socket.destroy());
  };
  const server = createServer((_, answer) => answer.writeHead(405).end());
  server.on("connection", (socket: Socket) => keep(socket));
  server.on("connect", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    proxy.asked.push(request.url ?? "");
    if (proxy.silent) return;
    const status = statusFor(proxy, request, places);
    if (status !== 200) {
      socket.end(`HTTP/1.1 ${status} No\r\nContent-Type: text/html\r\n\r\n<h1>No</h1>`);
      return;
    }
    const onward = connect(places[hostOf(request)] ?? 0, "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      onward.write(head);
      socket.pipe(onward).pipe(socket);
    });
    keep(onward);
    onward.on("close", () => socket.destroy());
    socket.on("close", () => onward.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const proxy: ConnectProxy = {
    url: `http://127.0.0.1:${port}`,
    asked: [],
    credentials: null,
    refusal: null,
    silent: false,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
  return proxy;
}

function statusFor(
  { credentials, refusal }: ConnectProxy,
  request: IncomingMessage,
  places: Readonly<Record<string, number>>,
): number {
  if (refusal !== null) return refusal;
  const expected = credentials && `Basic ${Buffer.from(credentials).toString("base64")}`;
  if (expected !== null && request.headers["proxy-authorization"] !== expected) return 407;
  return hostOf(request) in places ? 200 : 502;
}

function hostOf(request: IncomingMessage): string {
  return (request.url ?? "").replace(/:\d+$/, "");
}
