/** Which calls go through a proxy: `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`, as curl and most programs read them. */
import { BlockList, isIP } from "node:net";

export interface ProxySettings {
  readonly httpsProxy?: string;
  readonly httpProxy?: string;
  readonly noProxy?: string;
}

export interface Proxy {
  readonly url: URL;
  /** The setting that names it. */
  readonly setting: "HTTPS_PROXY" | "HTTP_PROXY";
}

export interface Target {
  readonly protocol: string;
  /** A name, or an address with or without brackets. */
  readonly hostname: string;
  readonly port: number;
}

/**
 * The proxy for a call, null for the straight way. What listens on this very machine is always called straight: no proxy
 * could reach it.
 */
export function proxyRule(settings: ProxySettings): (target: Target) => Proxy | null {
  const direct = readNoProxy(settings.noProxy ?? "");
  const https = proxyOf("HTTPS_PROXY", settings.httpsProxy);
  const http = proxyOf("HTTP_PROXY", settings.httpProxy);
  return (target) => {
    const proxy = target.protocol === "https:" ? https : http;
    if (proxy === null) return null;
    const host = bare(target.hostname);
    return isThisMachine(host) || direct(host, target.port) ? null : proxy;
  };
}

/** The address of a proxy as people write it, also without `http://`; null where it is none. */
export function proxyAddress(text: string): URL | null {
  const whole = /^[a-z][a-z\d+.-]*:\/\//i.test(text.trim()) ? text.trim() : `http://${text.trim()}`;
  if (!URL.canParse(whole)) return null;
  const url = new URL(whole);
  const usable = /^https?:$/.test(url.protocol) && /^\/?$/.test(url.pathname) && !url.search && !url.hash;
  return usable ? url : null;
}

/** The first entry of `NO_PROXY` that looks like a range of addresses and is none. */
export function unusableRange(noProxy: string): string | null {
  return entriesOf(noProxy).find((entry) => entry.includes("/") && rangeOf(entry) === null) ?? null;
}

function proxyOf(setting: Proxy["setting"], text: string | undefined): Proxy | null {
  const url = text === undefined ? null : proxyAddress(text);
  return url && { url, setting };
}

type Match = (host: string, port: number) => boolean;

function readNoProxy(text: string): Match {
  const matches = entriesOf(text).map(matchOf);
  return (host, port) => matches.some((match) => match(host, port));
}

function entriesOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== "");
}

function matchOf(entry: string): Match {
  if (entry === "*") return () => true;
  const range = rangeOf(entry) ?? rangeOf(`${bare(entry)}/${isIP(bare(entry)) === 6 ? 128 : 32}`);
  if (range) return (host) => isIP(host) !== 0 && range.check(host, familyOf(host));
  const [, rawHost = entry, rawPort] = /^(.*?)(?::(\d+))?$/.exec(entry) ?? [];
  const port = rawPort === undefined ? null : Number(rawPort);
  const name = bare(rawHost).replace(/^\*?\./, "");
  return (host, hostPort) =>
    (port === null || port === hostPort) && (host === name || (!isIP(host) && host.endsWith(`.${name}`)));
}

/** `10.0.0.0/8`, `fd00::/8`. */
function rangeOf(entry: string): BlockList | null {
  const [address = "", prefix = "", more] = entry.split("/");
  const version = isIP(address);
  if (version === 0 || more !== undefined || !/^\d{1,3}$/.test(prefix)) return null;
  if (Number(prefix) > (version === 6 ? 128 : 32)) return null;
  const range = new BlockList();
  range.addSubnet(address, Number(prefix), familyOf(address));
  return range;
}

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");

function isThisMachine(host: string): boolean {
  if (isIP(host)) return loopback.check(host, familyOf(host));
  return host === "localhost" || host.endsWith(".localhost");
}

function familyOf(address: string): "ipv4" | "ipv6" {
  return isIP(address) === 6 ? "ipv6" : "ipv4";
}

/** Small letters, without the brackets of an address and the dot at the end of a full name. */
function bare(host: string): string {
  return host
    .toLowerCase()
    .replace(/^\[(.*)\]$/, "$1")
    .replace(/\.$/, "");
}
