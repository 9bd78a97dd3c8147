/**
 * The one function through which every outward call passes: token from the gate, one request through jsforce, a
 * deadline over headers and body, no hidden retry, one count. Nothing is logged.
 */
import { Connection } from "jsforce";
import type { HttpRequest, HttpResponse } from "jsforce";
import type { Outbound } from "@/lib/core/outbound";
import type { OutwardCall } from "./config";
import { proxiedTransport, type Transport } from "./proxied-transport";

/** What the org answered, whatever the status. */
export interface Answer {
  readonly status: number;
  /** Parsed where it is JSON, else the text. */
  readonly body: unknown;
  readonly text: string;
  /** When the org sent it by its own clock, ms since 1970; null where the answer does not say. */
  readonly sentAtMs: number | null;
}

/** No answer within the time allowed; whether the request took effect is unknown. */
export class ExchangeTimeout extends Error {
  constructor(readonly timeoutMs: number) {
    super(`no answer within ${timeoutMs} ms`);
    this.name = "ExchangeTimeout";
  }
}

/** The connection could not be made or broke; whether the request took effect is unknown. */
export class ExchangeBroken extends Error {
  constructor(
    readonly reason: string,
    cause: unknown,
    /** Said instead of the usual sentence, where more is known than the reason. */
    readonly sentence?: string,
  ) {
    super(`connection failed: ${reason}`, { cause });
    this.name = "ExchangeBroken";
  }
}

export interface ExchangeOptions {
  /** Of this call, where it is another than usual. */
  readonly timeoutMs?: number;
  /** Called once the gate has let the call pass: what it throws is thrown, and nothing is sent. */
  readonly before?: () => Promise<void>;
}

export type Exchange = (
  connection: Connection,
  request: HttpRequest,
  options?: ExchangeOptions,
) => Promise<Answer>;

export interface ExchangeConfig {
  readonly takeToken: () => Promise<void>;
  readonly onCall?: (call: OutwardCall) => void;
  readonly outbound?: Outbound | null;
  readonly timeoutMs: number;
}

/** Throws ExchangeTimeout and ExchangeBroken; any HTTP status is an answer. */
export function createExchange(config: ExchangeConfig): Exchange {
  const proxied = config.outbound && proxiedTransport(config.outbound);
  return async (connection, request, { timeoutMs = config.timeoutMs, before } = {}) => {
    await config.takeToken();
    await before?.();
    const recorded: { response?: HttpResponse } = {};
    const call = connection.request(request, {
      retry: { maxRetries: 0, methods: [] },
      timeout: timeoutMs,
      followRedirect: false,
      // jsforce need not take files apart.
      responseType: request.headers?.["accept"] === "text/csv" ? "text/plain" : undefined,
      transport: recordingTransport(proxied ?? connection._transport, recorded),
    });
    try {
      await withinTime(call, timeoutMs);
    } catch (error) {
      // jsforce throws for every status from 400; the recorded response says more than its error.
      if (!recorded.response) throw transportFault(error, { ...config, timeoutMs });
    } finally {
      config.onCall?.({ system: "salesforce", ...usage(recorded.response) });
    }
    if (!recorded.response) throw new ExchangeBroken("no response", undefined);
    return toAnswer(recorded.response);
  };
}

/** A jsforce connection that only carries: it refreshes nothing and logs nothing. */
export function openConnection(apiVersion: string, instanceUrl: string, accessToken?: string): Connection {
  return new Connection({
    version: apiVersion,
    instanceUrl,
    loginUrl: instanceUrl,
    accessToken,
    callOptions: { client: "s360-connector" },
    logLevel: "NONE",
  });
}

/** No proxy of jsforce's own: it reads the environment when it is loaded, and knows no NO_PROXY. */
function recordingTransport(transport: Transport, recorded: { response?: HttpResponse }): Transport {
  return {
    httpRequest(request, options) {
      const pending = transport.httpRequest(request, { ...options, httpProxy: undefined });
      pending.then(
        (response) => {
          recorded.response = response;
        },
        () => undefined,
      );
      return pending;
    },
  };
}

/**
 * jsforce's own timeout ends with the headers, and a body that breaks off leaves its promise pending for ever
 * (request.ts pipes without listening for errors), so the deadline stands here.
 */
async function withinTime(call: Promise<unknown>, timeoutMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new ExchangeTimeout(timeoutMs)), timeoutMs);
  });
  try {
    await Promise.race([call, deadline]);
  } finally {
    clearTimeout(timer);
  }
}

function transportFault(error: unknown, { timeoutMs, outbound }: ExchangeConfig): Error {
  const trouble = outbound?.trouble(error);
  if (trouble) return new ExchangeBroken(trouble.code, error, trouble.sentence);
  if (error instanceof ExchangeTimeout) return error;
  if (!(error instanceof Error)) return new ExchangeBroken("unknown", error);
  if (error.name === "AbortError") return new ExchangeTimeout(timeoutMs);
  return new ExchangeBroken(codeOf(error.cause) ?? codeOf(error) ?? error.name, error);
}

function codeOf(error: unknown): string | null {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : null;
}

function usage(response: HttpResponse | undefined): { orgUsed: number | null; orgLimit: number | null } {
  const header = response?.headers["sforce-limit-info"];
  const match = /api-usage=(\d+)\/(\d+)/.exec(header ?? "");
  return match
    ? { orgUsed: Number(match[1]), orgLimit: Number(match[2]) }
    : { orgUsed: null, orgLimit: null };
}

function toAnswer(response: HttpResponse): Answer {
  const { statusCode, body, headers } = response;
  const sentAtMs = Date.parse(headers["date"] ?? "");
  return {
    status: statusCode,
    text: body,
    body: parsed(body),
    sentAtMs: Number.isNaN(sentAtMs) ? null : sentAtMs,
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Proxies and load balancers answer in HTML: the text itself is the body.
    return text;
  }
}
