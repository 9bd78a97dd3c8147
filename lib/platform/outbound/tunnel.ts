/** A tunnel through a proxy: CONNECT (RFC 9110 §9.3.6), and what it means when the proxy gives none. */
import { request as requestHttp, type IncomingMessage, type RequestOptions } from "node:http";
import { request as requestHttps } from "node:https";
import type { Duplex } from "node:stream";
import { Socket } from "node:net";
import type { Proxy, Target } from "./rule";

/** The proxy gave no way through, so nothing was sent to whoever was called. */
export class ProxyTrouble extends Error {
  override readonly name = "ProxyTrouble";
  constructor(
    readonly code: "PROXY_AWAY" | "PROXY_SIGN_IN" | "PROXY_REFUSED",
    readonly sentence: string,
    cause?: unknown,
  ) {
    super(sentence, { cause });
  }
}

const TIMEOUT = "no tunnel in time";

/**
 * A socket that ends at the target; encryption with the target is up to the caller.
 * @throws ProxyTrouble, whose sentences name the proxy's host but neither its user nor its password
 */
export function openTunnel(proxy: Proxy, target: Target, timeoutMs: number): Promise<Socket> {
  const { url } = proxy;
  const authority = `${target.hostname.includes(":") ? `[${unbracketed(target)}]` : target.hostname}:${target.port}`;
  const options: RequestOptions = {
    method: "CONNECT",
    host: unbracketed(url),
    port: url.port || (url.protocol === "https:" ? 443 : 80),
    path: authority,
    headers: { host: authority, ...credentialsOf(url) },
    agent: false,
  };
  return new Promise((resolve, reject) => {
    const call = url.protocol === "https:" ? requestHttps(options) : requestHttp(options);
    const timer = setTimeout(() => call.destroy(new Error(TIMEOUT)), timeoutMs);
    call.on("close", () => clearTimeout(timer));
    call.on("connect", (answer: IncomingMessage, stream: Duplex, head: Buffer) => {
      clearTimeout(timer);
      const status = answer.statusCode ?? 0;
      if (status >= 200 && status < 300 && stream instanceof Socket) {
        if (head.length > 0) stream.unshift(head);
        resolve(stream);
        return;
      }
      stream.on("error", () => undefined).destroy();
      reject(refused(proxy, target, status));
    });
    call.on("error", (error) => reject(away(proxy, error, timeoutMs)));
    call.end();
  });
}

function credentialsOf({ username, password }: URL): Record<string, string> {
  if (username === "" && password === "") return {};
  const pair = `${decoded(username)}:${decoded(password)}`;
  return { "proxy-authorization": `Basic ${Buffer.from(pair).toString("base64")}` };
}

/** A password with a bare % is taken as it stands. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return text;
    throw error;
  }
}

function unbracketed({ hostname }: { readonly hostname: string }): string {
  return hostname.replace(/^\[(.*)\]$/, "$1");
}

function away({ url, setting }: Proxy, error: Error, timeoutMs: number): ProxyTrouble {
  const late = error.message === TIMEOUT;
  const reason = late ? `no answer within ${timeoutMs / 1000} s` : codeOf(error);
  const sentence = `The proxy ${url.host} that leads out cannot be reached (${reason}). Check the proxy and ${setting}.`;
  return new ProxyTrouble("PROXY_AWAY", sentence, error);
}

function refused({ url, setting }: Proxy, target: Target, status: number): ProxyTrouble {
  if (status === 407) {
    const sentence =
      url.username === ""
        ? `The proxy ${url.host} that leads out asks for a user and a password. Put them into ${setting}, as http://user:password@${url.host}.`
        : `The proxy ${url.host} that leads out does not accept the user and password in ${setting}. Correct them there; the connector signs in with Basic.`;
    return new ProxyTrouble("PROXY_SIGN_IN", sentence);
  }
  const sentence =
    status >= 500
      ? `The proxy ${url.host} that leads out cannot reach ${target.hostname} (HTTP ${status}). It will be tried again by itself; if it stays so, ask whoever runs the proxy.`
      : `The proxy ${url.host} that leads out does not let the connector through to ${target.hostname} (HTTP ${status}). Let whoever runs the proxy allow it, or name it in NO_PROXY if it can be reached without.`;
  return new ProxyTrouble("PROXY_REFUSED", sentence);
}

function codeOf(error: Error): string {
  return "code" in error && typeof error.code === "string" ? error.code : error.name;
}
