/**
 * The one function through which every outward call passes: token from the gate, one POST, a deadline over headers and
 * body, no retry, no redirect followed, one count. Nothing is logged, and what is thrown carries no text of the request.
 */
import type { BeforeSending } from "@/lib/core/contact-side";
import { skewFrom } from "./clock-skew";
import type { ContactSideConfig } from "./config";

export interface Request {
  /** S-360's method, for the count. */
  readonly method: string;
  readonly url: string;
  readonly body: string;
  /** Asked for after the gate has let the call pass: a token of our own must be under a second old (s360.md §4.2). */
  readonly bearer?: () => Promise<string>;
  /** How this call is paid for; otherwise with a token from the gate. */
  readonly pay?: Pay;
  readonly before?: BeforeSending;
}

/** Waits until a call is allowed. */
export type Pay = () => Promise<void>;

/** What came back, whatever the status. */
export interface Answer {
  readonly status: number;
  readonly text: string;
  /** How far S-360's clock is ahead of ours, by this answer; null where it had no `Date`. */
  readonly skewMs: number | null;
}

/** No complete answer within the time allowed; whether the request took effect is unknown. */
export class ExchangeTimeout extends Error {
  constructor(readonly timeoutMs: number) {
    super(`no answer within ${timeoutMs} ms`);
    this.name = "ExchangeTimeout";
  }
}

/** No connection could be made, so the request was never sent. */
export class ExchangeUnsent extends Error {
  constructor(
    readonly reason: string,
    /** Said instead of the usual sentence, where more is known than the reason. */
    readonly sentence?: string,
  ) {
    super(`not sent: ${reason}`);
    this.name = "ExchangeUnsent";
  }
}

/** The connection broke; whether the request took effect is unknown. */
export class ExchangeBroken extends Error {
  constructor(readonly reason: string) {
    super(`connection broke: ${reason}`);
    this.name = "ExchangeBroken";
  }
}

/** Throws ExchangeTimeout, ExchangeUnsent and ExchangeBroken, and what `before` throws; any HTTP status is an answer. */
export type Exchange = (request: Request) => Promise<Answer>;

export type ExchangeConfig = Pick<
  ContactSideConfig,
  "takeToken" | "onCall" | "clockSkewMs" | "onClock" | "outbound" | "fetch"
> & { readonly timeoutMs: number; readonly now: () => number };

export function createExchange(config: ExchangeConfig): Exchange {
  const { now, timeoutMs } = config;
  const send = config.fetch ?? config.outbound?.fetch ?? fetch;
  return async ({ method, url, body, bearer, pay = config.takeToken, before }) => {
    await pay();
    await before?.();
    const bytes = new TextEncoder().encode(body);
    const headers = {
      "content-type": "application/json",
      "content-length": String(bytes.length),
      accept: "application/json",
      ...(bearer && { authorization: `Bearer ${await bearer()}` }),
    };
    const deadline = new AbortController();
    const timer = setTimeout(() => deadline.abort(), timeoutMs);
    const sentAtMs = now();
    let status: number | null = null;
    let serverTime: Date | null = null;
    let skewMs: number | null = null;
    try {
      const response = await send(url, { ...once(bytes), headers, signal: deadline.signal });
      status = response.status;
      serverTime = readDate(response.headers.get("date"));
      if (serverTime) {
        const sighting = { serverTimeMs: serverTime.getTime(), sentAtMs, receivedAtMs: now() };
        skewMs = skewFrom(sighting, config.clockSkewMs());
      }
      return { status, text: await response.text(), skewMs };
    } catch (error) {
      const trouble = config.outbound?.trouble(error);
      if (trouble) throw new ExchangeUnsent(trouble.code, trouble.sentence);
      throw deadline.signal.aborted
        ? new ExchangeTimeout(timeoutMs)
        : transportFailure(error, status !== null);
    } finally {
      clearTimeout(timer);
      config.onCall?.({ method, status, tookMs: now() - sentAtMs, serverTime });
      if (skewMs !== null) config.onClock?.(skewMs);
    }
  };
}

/**
 * One POST that fetch sends once: it follows no redirect, and its body is a stream because a text would be sent a second
 * time after a 421, unseen and uncounted (Fetch standard, HTTP-network-or-cache fetch).
 */
function once(bytes: Uint8Array<ArrayBuffer>): RequestInit {
  const init: RequestInit & { readonly duplex: "half" } = {
    method: "POST",
    body: new Blob([bytes]).stream(),
    duplex: "half",
    redirect: "manual",
    cache: "no-store",
  };
  return init;
}

function readDate(text: string | null): Date | null {
  const date = new Date(text ?? "");
  return Number.isNaN(date.getTime()) ? null : date;
}

/** What Node calls failures to look up, connect and agree on encryption: all before the first byte of a request. */
const tlsFailure = /^(CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|EPROTO$)/;

function transportFailure(error: unknown, answerBegan: boolean): ExchangeUnsent | ExchangeBroken {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const reason = textOf(cause, "code") ?? "UNKNOWN";
  const syscall = textOf(cause, "syscall") ?? syscallOfFirst(cause);
  const unsent =
    syscall === "connect" ||
    syscall === "getaddrinfo" ||
    reason === "UND_ERR_CONNECT_TIMEOUT" ||
    tlsFailure.test(reason) ||
    (cause instanceof Error && cause.message.includes("before secure TLS connection"));
  return unsent && !answerBegan ? new ExchangeUnsent(reason) : new ExchangeBroken(reason);
}

/** A name with several addresses fails with one error for each of them. */
function syscallOfFirst(error: unknown): string | null {
  return error instanceof AggregateError ? textOf(error.errors[0], "syscall") : null;
}

function textOf(error: unknown, name: "code" | "syscall"): string | null {
  if (!(error instanceof Error) || !(name in error)) return null;
  const value: unknown = Reflect.get(error, name);
  return typeof value === "string" ? value : null;
}
