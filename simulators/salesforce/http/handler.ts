import type { IncomingMessage, ServerResponse } from "node:http";
import { readBody, readForm } from "./read-body";
import { answerRest } from "./rest-endpoint";
import { isDroppedAfter, troubleBefore } from "./trouble";
import { answerControl, CONTROL_PREFIX } from "../control/endpoints";
import { answerOAuth } from "../oauth/endpoints";
import type { CallDetails } from "../org/call-log";
import type { OrgHolder } from "../org/org-holder";
import { answerPage } from "../page/pages";
import { listVersions } from "../resources/versions";

const DATA_PATH = /^\/services\/data\/v(\d+)\.0(\/.*)?$/;
const MAX_URI_BYTES = 16_384;

interface Reply {
  status: number;
  body?: unknown;
  html?: string;
  text?: string;
  contentType?: string;
  headers?: Record<string, string>;
  counted?: boolean;
}

interface Exchange {
  method: string;
  url: URL;
  headers: Record<string, string | undefined>;
  bodyText: string;
  bytes: Buffer;
  form: FormData | undefined;
  details: CallDetails;
}

/** Everything the simulator answers, by path: control, Salesforce's services, and the pages for people. */
export function requestHandler(holder: OrgHolder) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const startedMs = performance.now();
    const at = new Date().toISOString();
    const exchange = await readExchange(request);
    const { method, url } = exchange;
    const { org } = holder;
    const trouble = isService(url) ? await troubleBefore(org.faults, method, url) : undefined;
    if (trouble === "drop") {
      request.socket.destroy();
      return;
    }
    const reply: Reply = trouble ?? (await answerExchange(holder, exchange));
    const isDropped = isService(url) && isDroppedAfter(org.faults, method, url);
    if (isService(url)) {
      const { pathname, search } = url;
      org.calls.add({
        at,
        method,
        path: pathname + search,
        status: isDropped ? 0 : reply.status,
        durationMs: Math.round((performance.now() - startedMs) * 10) / 10,
        counted: reply.counted ?? false,
        client: exchange.headers["sforce-call-options"],
        ...exchange.details,
      });
    }
    if (isDropped) request.socket.destroy();
    else send(response, method, reply);
  };
}

async function readExchange(request: IncomingMessage): Promise<Exchange> {
  const headers: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    headers[name] = Array.isArray(value) ? value.join(", ") : value;
  }
  const url = new URL(request.url ?? "/", `http://${headers.host ?? "localhost"}`);
  const bytes = await readBody(request);
  const form = await readForm(headers["content-type"] ?? "", bytes);
  const bodyText = form ? "" : bytes.toString("utf8");
  return { method: request.method ?? "GET", url, headers, bodyText, bytes, form, details: {} };
}

function isService(url: URL): boolean {
  return url.pathname.startsWith("/services/");
}

async function answerExchange(holder: OrgHolder, exchange: Exchange): Promise<Reply> {
  const { method, url, headers, bodyText, bytes, form, details } = exchange;
  const { pathname: path, searchParams: query, origin } = url;
  if (path.startsWith(`${CONTROL_PREFIX}/`)) return answerControl(holder, method, path, query, bodyText);
  const { org } = holder;
  const oauth = await answerOAuth(org, { method, path, query, headers, bodyText, origin });
  if (oauth) return oauth;
  if (/^\/services\/data\/?$/.test(path)) return { status: 200, body: listVersions() };
  const data = DATA_PATH.exec(path);
  if (data) {
    if (Buffer.byteLength(url.pathname + url.search) > MAX_URI_BYTES) {
      return rowErrorsStatus(414, "URI_TOO_LONG", "URI Too Long");
    }
    const version = Number(data[1]);
    const request = { method, version, path: data[2] ?? "/", query, headers, bodyText, bytes, form, origin };
    return answerRest(org, request, details);
  }
  return (
    answerPage(org, path, query) ?? rowErrorsStatus(404, "NOT_FOUND", "The requested resource does not exist")
  );
}

function rowErrorsStatus(status: number, errorCode: string, message: string): Reply {
  return { status, body: [{ errorCode, message }] };
}

function send(response: ServerResponse, method: string, reply: Reply): void {
  const { text, contentType } = content(reply);
  const hasBody = text !== "" && reply.status !== 204 && method !== "HEAD";
  response.writeHead(reply.status, {
    ...reply.headers,
    ...(text === "" ? {} : { "Content-Type": contentType }),
    "Cache-Control": "no-cache, no-store",
    ...(reply.status === 204 ? {} : { "Content-Length": Buffer.byteLength(hasBody ? text : "") }),
  });
  response.end(hasBody ? text : undefined);
}

function content({ html, text, contentType, body }: Reply): { text: string; contentType: string } {
  if (html !== undefined) return { text: html, contentType: "text/html; charset=utf-8" };
  if (text !== undefined) return { text, contentType: contentType ?? "text/plain" };
  return {
    text: body === undefined ? "" : JSON.stringify(body),
    contentType: "application/json;charset=UTF-8",
  };
}
