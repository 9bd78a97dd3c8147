/**
 * S-360's calls go to their routes without passing through Next.js: finding, wrapping and watching a route costs it several
 * times what storing a payload costs, for each call of a venue that sells. What this does not recognise is left to Next.js,
 * which finds the same routes.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import * as contacts from "@/app/s360/contacts/[institution]/route";
import * as orders from "@/app/s360/orders/[institution]/route";
import type { Logger } from "@/lib/platform/log";
import { breakOff } from "./break-off";

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

const address = /^\/s360\/(?<name>contacts|orders)\/(?<institution>[\w.~-]+)(?:\?.*)?$/;

/** `headers`: what every answer of this server says. */
export function openDoor(
  log: Logger,
  headers: readonly { readonly key: string; readonly value: string }[],
): Door {
  const everywhere = headers.map(({ key, value }) => [key, value] as const);
  return {
    webhookOf({ method, url = "" }) {
      const { name, institution } = address.exec(url)?.groups ?? {};
      if ((method !== "GET" && method !== "POST") || institution === undefined) return null;
      return { name: name === "orders" ? "orders" : "contacts", method, institution };
    },
    async answer({ name, method, institution }, request, response) {
      const route = routes[name][method];
      try {
        const answer = await route(requestOf(request), { params: Promise.resolve({ institution }) });
        const body = Buffer.from(await answer.arrayBuffer());
        const length = ["content-length", String(body.byteLength)] as const;
        response.writeHead(answer.status, [...everywhere, ...answer.headers, length].flat()).end(body);
      } catch (error) {
        breakOff(response, error, log);
      }
    },
  };
}

/** Its body is read by the route, or not at all. */
function requestOf(request: IncomingMessage): Request {
  const { method = "GET", url = "/", rawHeaders } = request;
  const headers = new Headers();
  for (let at = 0; at < rawHeaders.length; at += 2)
    headers.append(rawHeaders[at] ?? "", rawHeaders[at + 1] ?? "");
  const body = method === "POST" ? { body: request, duplex: "half" } : {};
  return new Request(new URL(url, "http://localhost"), { method, headers, ...body } as RequestInit);
}
