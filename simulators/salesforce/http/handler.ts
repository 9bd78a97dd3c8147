import type { IncomingMessage, ServerResponse } from "node:http";
import { ApiError } from "./errors";
import { openExchange, readInto, type Exchange } from "./exchange";
import { refuseForeignName, refuseForeignSite } from "./foreign-request";
import { LongRequests } from "./long-requests";
import { refuseOversized } from "./request-size";
import { answerRest } from "./rest-endpoint";
import { send, type Reply } from "./send";
import { isDroppedAfter, troubleBefore } from "./trouble";
import { answerControl, CONTROL_PREFIX } from "../control/endpoints";
import { answerOAuth } from "../oauth/endpoints";
import type { OrgHolder } from "../org/org-holder";
import { PageSessions } from "../page/page-sessions";
import { answerPage } from "../page/pages";
import { listVersions } from "../resources/versions";

const DATA_PATH = /^\/services\/data\/v(\d+)\.0(\/.*)?$/;

/**
 * Everything the simulator answers, by path: control, Salesforce's services, and the pages for people.
 * @param closing aborts when the simulator is closed: calls that were still waiting are dropped without being done
 * @param host the name or address that the simulator was told to listen on
 */
export function requestHandler(holder: OrgHolder, closing: AbortSignal, host: string) {
  const server: Server = { holder, closing, host, long: new LongRequests(), pages: new PageSessions() };
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    let exchange: Exchange;
    try {
      exchange = openExchange(request);
    } catch (error) {
      await send(response, request.method ?? "GET", {}, refusal(error));
      return;
    }
    const reply = await (isService(exchange.url)
      ? answerLogged(server, exchange, request)
      : answerAny(server, exchange, request));
    if (reply === "drop") request.socket.destroy();
    else await send(response, exchange.method, exchange.headers, reply);
  };
}

interface Server {
  holder: OrgHolder;
  host: string;
  closing: AbortSignal;
  long: LongRequests;
  pages: PageSessions;
}

/** A call of Salesforce's services: trouble may come before and after it, and it stands in the call log. */
async function answerLogged(
  server: Server,
  exchange: Exchange,
  request: IncomingMessage,
): Promise<Reply | "drop"> {
  const startedMs = performance.now();
  const at = new Date().toISOString();
  const { method, url, headers, details } = exchange;
  const reply = await answerTroubled(server, exchange, request);
  if (reply === "dropped before") return "drop";
  const { org } = server.holder;
  const isDropped = isDroppedAfter(org.faults, method, url);
  org.calls.add({
    at,
    method,
    path: loggedPath(url),
    status: isDropped ? 0 : reply.status,
    durationMs: Math.round((performance.now() - startedMs) * 10) / 10,
    counted: reply.counted ?? false,
    client: headers["sforce-call-options"],
    ...details,
  });
  return isDropped ? "drop" : reply;
}

async function answerTroubled(
  server: Server,
  exchange: Exchange,
  request: IncomingMessage,
): Promise<Reply | "dropped before"> {
  const { holder, closing } = server;
  const { method, url } = exchange;
  let call: { done: () => void } | undefined;
  try {
    if (DATA_PATH.test(url.pathname)) call = server.long.enter(holder.org.options);
    await readInto(exchange, request);
    const trouble = await troubleBefore(holder.org, method, url, closing);
    if (trouble === "drop" || closing.aborted) return "dropped before";
    return trouble ?? (await answerExchange(server, exchange));
  } catch (error) {
    return refusal(error);
  } finally {
    call?.done();
  }
}

async function answerAny(
  server: Server,
  exchange: Exchange,
  request: IncomingMessage,
): Promise<Reply | "drop"> {
  try {
    await readInto(exchange, request);
  } catch (error) {
    return refusal(error);
  }
  return server.closing.aborted ? "drop" : answerExchange(server, exchange);
}

/** The parameters of OAuth calls are tokens and names of people: they stay out of the log. */
function loggedPath({ pathname, search }: URL): string {
  return pathname.startsWith("/services/oauth2/") ? pathname : pathname + search;
}

function isService(url: URL): boolean {
  return url.pathname.startsWith("/services/");
}

async function answerExchange(server: Server, exchange: Exchange): Promise<Reply> {
  const { holder, pages, host } = server;
  const { method, url, headers, bodyText, bytes, details } = exchange;
  const { pathname: path, searchParams: query, origin } = url;
  if (path.startsWith(`${CONTROL_PREFIX}/`)) {
    return refuseForeignSite(exchange, host) ?? answerControl(holder, method, path, query, bodyText);
  }
  const oauth = await answerOAuth(holder.org, { method, path, query, headers, bodyText, origin });
  if (oauth) return oauth;
  const { org } = holder;
  if (/^\/services\/data\/?$/.test(path)) return { status: 200, body: listVersions() };
  const data = DATA_PATH.exec(path);
  if (data) {
    refuseOversized(exchange);
    const version = Number(data[1]);
    const request = { method, version, path: data[2] ?? "/", query, headers, bodyText, bytes, origin };
    return answerRest(org, request, details);
  }
  if (isService(url)) return unknownResource();
  const page = { method, path, query, headers, bodyText };
  return refuseForeignName(exchange, host) ?? answerPage(org, pages, page) ?? unknownResource();
}

function unknownResource(): Reply {
  return {
    status: 404,
    body: [{ errorCode: "NOT_FOUND", message: "The requested resource does not exist" }],
  };
}

/** @throws what is no refusal */
function refusal(error: unknown): Reply {
  if (error instanceof ApiError) return { status: error.status, body: error.body };
  throw error;
}
