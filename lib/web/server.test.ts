import { once } from "node:events";
import { Agent, createServer, request, type IncomingMessage, type ServerResponse } from "node:http";
import { connect, type AddressInfo, type Socket } from "node:net";
import { text } from "node:stream/consumers";
import pino from "pino";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openPages } from "./pages";
import { openServer, type Serving, type WebServer } from "./server";

const headers = [{ key: "X-Content-Type-Options", value: "nosniff" }];
const log = pino({ level: "silent" });
const agent = new Agent({ keepAlive: true });
const answering: ServerResponse[] = [];
let open: WebServer[] = [];
beforeEach(() => {
  answering.length = 0;
});
afterEach(async () => {
  for (const { server } of open) server.closeAllConnections();
  await Promise.all(open.map(({ stop }) => stop()));
  open = [];
});

/** The test answers what is asked of it below `/slow`. */
const pages: Serving["pages"] = async ({ url }, response) => {
  if (url === "/broken?key=secret") throw new Error("broken");
  if (url?.startsWith("/slow")) answering.push(response);
  else response.end("page");
};

async function listen(serving: Partial<Serving> = {}) {
  const web = openServer({ pages, headers, log, ...serving });
  open.push(web);
  await once(web.server.listen(0, "127.0.0.1"), "listening");
  return { ...web, port: (web.server.address() as AddressInfo).port };
}

async function get(port: number, path: string): Promise<IncomingMessage> {
  const [answer] = (await once(request({ port, path, agent }).end(), "response")) as [IncomingMessage];
  return answer;
}

async function say(port: number, ...lines: string[]): Promise<Socket> {
  const socket = connect(port, "127.0.0.1").on("error", () => undefined);
  await once(socket, "connect");
  if (lines.length > 0) socket.write(`${lines.join("\r\n")}\r\n\r\n`);
  return socket;
}

it("at a stop what is being answered is answered, and no connection holds it up", async () => {
  const { port, stop, server } = await listen();
  await text(await get(port, "/"));
  await say(port);
  const whole = get(port, "/slow");
  const begun = get(port, "/slow/begun");
  await expect.poll(() => answering.length).toBe(2);
  const [first, second] = answering.toSorted((a, b) => (a.req.url ?? "").length - (b.req.url ?? "").length);
  second?.write("half ");
  const answer = await begun;

  const stopped = stop();
  first?.end("answered");
  second?.end("and half");
  expect((await whole).headers.connection).toBe("close");
  expect([await text(await whole), await text(answer)]).toEqual(["answered", "half and half"]);
  await stopped;
  expect(server.listening).toBe(false);
});

it("a call that comes on a kept connection after the stop is answered and is its last", async () => {
  const { port, stop, server } = await listen();
  const socket = await say(port, "GET /slow HTTP/1.1", "host: venue");
  await expect.poll(() => answering.length).toBe(1);
  const stopped = stop();
  expect(server.listening).toBe(false);
  socket.write("GET / HTTP/1.1\r\nhost: venue\r\n\r\n");
  const heard = text(socket);
  answering[0]?.end("slow");
  expect(await heard).toMatch(/connection: close[^]*slow/i);
  await stopped;
});

it("a stop does not wait for ever, neither for an answer nor for a body", async () => {
  const { port, stop } = await listen({ closeAfterMs: 100 });
  const sockets = [
    await say(port, "GET /slow HTTP/1.1", "host: venue"),
    await say(port, "POST /slow HTTP/1.1", "host: venue", "content-length: 100"),
    await say(port),
  ];
  sockets[2]?.write("GET / HT");
  await expect.poll(() => answering.length).toBe(2);
  const closed = sockets.map((socket) => new Promise((resolve) => socket.resume().once("close", resolve)));
  await stop();
  await Promise.all(closed);
});

it("a port that is taken is told to whoever opened the server", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const web = openServer({ pages, headers, log });
  web.server.listen((other.address() as AddressInfo).port, "127.0.0.1");
  const [error] = (await once(web.server, "error")) as [NodeJS.ErrnoException];
  expect(error.code).toBe("EADDRINUSE");
  other.close();
});

it("a call that offers another protocol is answered in this one, also after Next.js had its first request", async () => {
  const next = openPages("127.0.0.1", 0).getRequestHandler();
  const { port, server } = await listen({
    // Not prepared, for there is no build here: it makes itself at home first and answers, or fails to, then.
    pages: async (request, response) =>
      request.url === "/next" ? next(request, response) : pages(request, response),
  });
  await text(await get(port, "/next"));
  expect(server.listenerCount("upgrade")).toBe(0);
  const offer = ["connection: Upgrade, HTTP2-Settings, close", "upgrade: h2c", "http2-settings: AAMAAABk"];
  const socket = await say(port, "POST / HTTP/1.1", "host: venue", ...offer, "content-length: 0");
  expect(await text(socket)).toMatch(/^HTTP\/1.1 200 [^]*page/);
});

it("a page that breaks says so under the headers of every answer, and its query is not logged", async () => {
  const lines: string[] = [];
  const { port } = await listen({
    log: pino({ level: "error" }, { write: (line: string) => lines.push(line) }),
  });
  const answer = await get(port, "/broken?key=secret");
  expect([answer.statusCode, answer.headers["x-content-type-options"]]).toEqual([500, "nosniff"]);
  expect(await text(answer)).toContain("error of its own");
  expect(lines.join("")).toContain('"path":"/broken"');
  expect(lines.join("")).not.toContain("secret");
});

it("a connection is kept for longer than proxies keep theirs", async () => {
  const { server } = await listen();
  expect(server.keepAliveTimeout).toBeGreaterThan(120_000);
  expect(server.headersTimeout).toBeGreaterThan(server.keepAliveTimeout);
  expect(server.requestTimeout).toBeGreaterThan(server.headersTimeout);
});
