/** Carries jsforce's requests through the proxy of the house: jsforce's own way takes a refusal of the proxy for an answer of the org. */
import { PassThrough } from "node:stream";
import type { Connection, HttpRequest, HttpResponse } from "jsforce";
import type { Outbound } from "@/lib/core/outbound";

/** What jsforce needs to send. */
export type Transport = Pick<Connection["_transport"], "httpRequest">;

/** Past the deadline of the exchange, which says what it means. */
const GRACE_MS = 1_000;

export function proxiedTransport(outbound: Outbound): Transport {
  return {
    httpRequest: (request, options) => {
      const response = send(outbound, request, options?.timeout);
      // jsforce connects the stream to the one it hands out, which nobody reads here.
      return Object.assign(response, { stream: () => new PassThrough() });
    },
  };
}

async function send(outbound: Outbound, request: HttpRequest, timeoutMs?: number): Promise<HttpResponse> {
  const { url, method, headers, body } = request;
  if (body !== undefined && body !== null && typeof body !== "string") {
    throw new TypeError("only texts are sent to the org");
  }
  const response = await outbound.fetch(url, {
    method,
    headers,
    body: body ?? undefined,
    redirect: "manual",
    cache: "no-store",
    signal: timeoutMs === undefined ? undefined : AbortSignal.timeout(timeoutMs + GRACE_MS),
  });
  return {
    statusCode: response.status,
    headers: Object.fromEntries(response.headers),
    body: await response.text(),
  };
}
