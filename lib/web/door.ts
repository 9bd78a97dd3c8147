/**
 * S-360's calls go to their routes without passing through Next.js: finding, wrapping and watching a route costs it several
 * times what storing a payload costs, for each call of a venue that sells. What this does not recognise is left to Next.js,
 * which finds the same routes.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import * as contacts from "@/app/s360/contacts/[institution]/route";
import * as orders from "@/app/s360/orders/[institution]/route";
import { printable } from "@/app/s360/printable";
import { brokeInside, refusal } from "@/app/s360/refusal";
import { describeError, type Logger } from "@/lib/platform/log";
import { breakOff } from "./break-off";
import { send, type Header } from "./send";

const routes = { contacts, orders } as const;

export interface Webhook {
  readonly name: keyof typeof routes;
  readonly method: "GET" | "POST";
  readonly institution: string;
}

export interface Door {
  /** Which webhook a request calls, if it does. */
  webhookOf(request: IncomingMessage): Webhook | null;
  /** Answers it. Never rejects. */
  answer(webhook: Webhook, request: IncomingMessage, response: ServerResponse): Promise<void>;
}

/** The addresses that Next.js gives to the same routes: one slash more at the end, and a name in any spelling. */
const address = /^\/s360\/(?<name>contacts|orders)\/(?<institution>[^/?#\\]+)\/?(?:\?.*)?$/;

/** `headers`: what every answer of this server says. */
export function openDoor(log: Logger, headers: readonly Header[]): Door {
  return {
    webhookOf({ method, url = "" }) {
      const { name, institution } = address.exec(url)?.groups ?? {};
      if ((method !== "GET" && method !== "POST") || institution === undefined) return null;
      return { name: name === "orders" ? "orders" : "contacts", method, institution: decode(institution) };
    },
    async answer(webhook, request, response) {
      const { name, method, institution } = webhook;
      const about = { method, webhook: name, institution: printable(institution) };
      try {
        const answer = await answerOf(webhook, request).catch((error: unknown) => {
          log.error({ ...about, err: describeError(error) }, "webhook broke");
          return refusal(brokeInside.status, brokeInside.detail, { "cache-control": "no-store" });
        });
        await send(answer, request, response, headers);
      } catch (error) {
        breakOff(response, { error, about, headers, log });
      }
    },
  };
}

/** What is spelled wrong is taken as it stands: no connection has such a name, which is a better answer than Next.js's 500. */
function decode(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch (error) {
    if (error instanceof URIError) return name;
    throw error;
  }
}

async function answerOf({ name, method, institution }: Webhook, request: IncomingMessage): Promise<Response> {
  return routes[name][method](requestOf(request), { params: Promise.resolve({ institution }) });
}

/** Its body is read by the route, or not at all. Of a header that comes twice the same counts as behind Next.js. */
function requestOf(request: IncomingMessage): Request {
  const { method = "GET", url = "/" } = request;
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    for (const each of [value ?? []].flat()) headers.append(name, each);
  }
  const body = method === "POST" ? { body: request, duplex: "half" } : {};
  return new Request(new URL(url, "http://localhost"), { method, headers, ...body } as RequestInit);
}
