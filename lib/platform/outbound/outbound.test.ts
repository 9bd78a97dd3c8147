import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { createServer as createTlsServer } from "node:https";
import { afterEach, describe, expect, test } from "vitest";
import { startConnectProxy, type ConnectProxy } from "@/testing/connect-proxy";
import { selfSigned } from "@/testing/self-signed";
import { createOutbound } from "./outbound";

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function listen(server: Server | ReturnType<typeof createTlsServer>): Promise<number> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  closing.push(() => server.close());
  return (server.address() as AddressInfo).port;
}

/** A server that says what it was asked, and a proxy that knows it as `venue.example`. */
async function start(): Promise<{ port: number; proxy: ConnectProxy }> {
  const port = await listen(
    createServer((request, answer) => {
      request.resume().on("end", () => answer.end(`${request.method} ${request.headers.host}${request.url}`));
    }),
  );
  const proxy = await startConnectProxy({ "venue.example": port });
  closing.push(() => proxy.close());
  return { port, proxy };
}

function way(httpProxy: string, more: { noProxy?: string; timeoutMs?: number; ca?: string } = {}) {
  const { noProxy, ...details } = more;
  const made = createOutbound({ httpProxy, httpsProxy: httpProxy, noProxy }, details);
  if (!made) throw new Error("no way");
  return made;
}

async function sentence(made: ReturnType<typeof way>, address = "http://venue.example/a"): Promise<string> {
  const thrown: unknown = await made.fetch(address).then(
    () => null,
    (error: unknown) => error,
  );
  const trouble = made.trouble(thrown);
  if (!trouble) throw thrown;
  return `${trouble.code}: ${trouble.sentence}`;
}

test("without a proxy there is no way of ours", () => {
  expect(createOutbound({ noProxy: "*" })).toBeNull();
});

test("calls go through a tunnel, which is used again", async () => {
  const { proxy } = await start();
  const made = way(proxy.url);
  for (const path of ["/a", "/b", "/c"]) {
    const answer = await made.fetch(`http://venue.example${path}`, { method: "POST", body: "{}" });
    expect(await answer.text()).toBe(`POST venue.example${path}`);
    await sleep(20);
  }
  expect(proxy.asked).toEqual(["venue.example:80"]);
});

test("what NO_PROXY names, and this machine, is called straight", async () => {
  const { port, proxy } = await start();
  const answer = await way(proxy.url).fetch(`http://127.0.0.1:${port}/a`);
  expect(await answer.text()).toBe(`GET 127.0.0.1:${port}/a`);
  const straight = way(proxy.url, { noProxy: "venue.example" });
  await expect(straight.fetch("http://venue.example/a")).rejects.toThrow();
  expect(proxy.asked).toEqual([]);
});

test("a user and a password are sent to the proxy that asks for them, special characters included", async () => {
  const { proxy } = await start();
  proxy.credentials = "me@venue:p:ä%";
  const address = new URL(proxy.url);
  const signedIn = `http://me%40venue:p%3A%C3%A4%25@${address.host}`;
  expect((await way(signedIn).fetch("http://venue.example/a")).status).toBe(200);
  expect(await sentence(way(proxy.url))).toBe(
    `PROXY_SIGN_IN: The proxy ${address.host} that leads out asks for a user and a password. Put them into HTTP_PROXY, as http://user:password@${address.host}.`,
  );
  const wrong = await sentence(way(`http://me:hunter2@${address.host}`));
  expect(wrong).toContain("does not accept the user and password in HTTP_PROXY");
  expect(wrong).not.toContain("hunter2");
});

describe("a proxy that gives no way through is told with what to do", () => {
  test("away", async () => {
    const { proxy } = await start();
    await proxy.close();
    closing.pop();
    expect(await sentence(way(proxy.url))).toBe(
      `PROXY_AWAY: The proxy ${new URL(proxy.url).host} that leads out cannot be reached (ECONNREFUSED). Check the proxy and HTTP_PROXY.`,
    );
  });

  test("silent", async () => {
    const { proxy } = await start();
    proxy.silent = true;
    expect(await sentence(way(proxy.url, { timeoutMs: 200 }))).toContain("(no answer within 0.2 s)");
  });

  test("refuses, or cannot reach the other side", async () => {
    const { proxy } = await start();
    proxy.refusal = 403;
    expect(await sentence(way(proxy.url))).toContain(
      "does not let the connector through to venue.example (HTTP 403)",
    );
    proxy.refusal = 504;
    expect(await sentence(way(proxy.url))).toContain("cannot reach venue.example (HTTP 504)");
    proxy.refusal = null;
    expect(await sentence(way(proxy.url), "https://elsewhere.example")).toContain(
      "cannot reach elsewhere.example (HTTP 502)",
    );
    proxy.refusal = 407;
    expect(await sentence(way(proxy.url), "https://elsewhere.example")).toContain("HTTPS_PROXY");
  });
});

describe("behind the tunnel the connector speaks TLS with the other side itself", () => {
  async function startTls(host: string): Promise<{ proxy: ConnectProxy; ca: string }> {
    const { cert, key } = selfSigned(host);
    const server = createTlsServer({ cert, key }, (request, answer) => {
      request.resume().on("end", () => answer.end(`${request.method} https://${request.headers.host}`));
    });
    const proxy = await startConnectProxy({ "venue.example": await listen(server) });
    closing.push(() => proxy.close());
    return { proxy, ca: cert };
  }

  test("and reads its answers", async () => {
    const { proxy, ca } = await startTls("venue.example");
    const answer = await way(proxy.url, { ca }).fetch("https://venue.example/a", {
      method: "POST",
      body: "{}",
    });
    expect(await answer.text()).toBe("POST https://venue.example");
    expect(proxy.asked).toEqual(["venue.example:443"]);
  });

  test.each([
    ["a certificate of nobody it trusts", "venue.example", false, "DEPTH_ZERO_SELF_SIGNED_CERT"],
    ["a certificate of somebody else", "elsewhere.example", true, "ERR_TLS_CERT_ALTNAME_INVALID"],
  ])("but not past %s, which is not the proxy's doing", async (_, host, trusted, code) => {
    const { proxy, ca } = await startTls(host);
    const made = way(proxy.url, trusted ? { ca } : {});
    const thrown: unknown = await made.fetch("https://venue.example/a").catch((error: unknown) => error);
    expect(thrown).toMatchObject({ cause: { code } });
    expect(made.trouble(thrown)).toBeNull();
  });
});
