/** The one way out for calls to other systems where the environment names a proxy. */
import { Agent, buildConnector, fetch as send } from "undici";
import { loadConfig } from "../config";
import { proxyRule, type ProxySettings } from "./rule";
import { openTunnel, ProxyTrouble } from "./tunnel";

/** As adapters take it (lib/core/outbound.ts). */
export interface ProxiedOutbound {
  readonly fetch: typeof fetch;
  readonly trouble: (error: unknown) => ProxyTrouble | null;
}

const TUNNEL_TIMEOUT_MS = 10_000;
/** A tunnel that was idle for longer is not used again, whatever the other side allows: proxies drop them without a word. */
const IDLE_MS = 10_000;

interface Details {
  readonly timeoutMs?: number;
  /** Certificates to trust in the place of Node's own. */
  readonly ca?: string;
}

/** Null where no proxy is named: calls then go as the adapters make them. */
export function createOutbound(settings: ProxySettings, details: Details = {}): ProxiedOutbound | null {
  if (settings.httpsProxy === undefined && settings.httpProxy === undefined) return null;
  const dispatcher = new Agent({ connect: connector(settings, details), keepAliveMaxTimeout: IDLE_MS });
  const proxied = (input: Parameters<typeof send>[0], init: Parameters<typeof send>[1]) =>
    send(input, { ...init, dispatcher });
  // The same function as Node's own, of which the types know nothing.
  return { fetch: proxied as unknown as typeof fetch, trouble: troubleIn };
}

let ofThisProcess: { readonly outbound: ProxiedOutbound | null } | undefined;

/** As the environment says, read once. */
export function outbound(): ProxiedOutbound | null {
  ofThisProcess ??= { outbound: createOutbound(loadConfig()) };
  return ofThisProcess.outbound;
}

function connector(
  settings: ProxySettings,
  { timeoutMs = TUNNEL_TIMEOUT_MS, ca }: Details,
): buildConnector.connector {
  const direct = buildConnector({ timeout: timeoutMs, ca });
  const proxyFor = proxyRule(settings);
  return (options, callback) => {
    const { protocol, hostname } = options;
    const port = Number(options.port) || (protocol === "https:" ? 443 : 80);
    const target = { protocol, hostname, port };
    const proxy = proxyFor(target);
    if (proxy === null) return direct(options, callback);
    openTunnel(proxy, target, timeoutMs).then(
      (socket) =>
        protocol === "https:" ? direct({ ...options, httpSocket: socket }, callback) : callback(null, socket),
      (error: Error) => callback(error, null),
    );
  };
}

/** `fetch` wraps what it met. */
function troubleIn(error: unknown): ProxyTrouble | null {
  if (error instanceof ProxyTrouble) return error;
  return error instanceof Error && error.cause !== undefined ? troubleIn(error.cause) : null;
}
