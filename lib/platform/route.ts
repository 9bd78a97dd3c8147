import type { z } from "zod";
import { isDatabaseAway, isRefusedData } from "./db";
import { describeError, type Logger } from "./log";
import { Problem } from "./problem";
import { BodyTooLargeError, readBody } from "./read-body";
import { refusalSentence } from "./refusal-words";
import { comesFromElsewhere } from "./same-origin";

const maxBodyBytes = 2 * 1024 * 1024;
const reads = new Set(["GET", "HEAD"]);

/** What the wrapper needs from the app; given as arguments, because platform knows no other room. */
export interface RouteSetting<Session> {
  /** Who asks, or null when nobody is signed in. */
  readonly sessionOf: (headers: Headers) => Promise<Session | null>;
  /** Origins besides the request's own host that people use, such as PUBLIC_URL. */
  readonly origins: () => readonly string[];
  readonly log: () => Logger;
}

/** What a route takes, as zod schemas; what has no schema is undefined for the handler. */
export interface RouteShape<Params, Query, Body> {
  readonly params?: z.ZodType<Params>;
  /** Over the query's texts: use `z.coerce` for numbers. Of a repeated name the last value counts. */
  readonly query?: z.ZodType<Query>;
  readonly body?: z.ZodType<Body>;
}

export interface RouteInput<Session, Params, Query, Body> {
  readonly request: Request;
  readonly session: Session;
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
}

/** The schemas of a route, whatever they make of what they take. */
export type RouteSchemas = RouteShape<unknown, unknown, unknown>;

/** A handler as Next.js calls it, with what it takes, for those who describe it. */
export interface RouteHandler {
  (request: Request, context: Context): Promise<Response>;
  readonly shape: RouteSchemas;
}

type Context = { params: Promise<unknown> };

/**
 * Makes the one wrapper of all API routes: session, same origin on writes, parsing, and one translation of errors to
 * problem JSON. A handler returns what is sent as JSON, nothing (204), or a Response of its own; it throws `Problem`.
 */
export function routeWrapper<Session>(setting: RouteSetting<Session>) {
  return function route<Params = undefined, Query = undefined, Body = undefined>(
    shape: RouteShape<Params, Query, Body>,
    handler: (input: RouteInput<Session, Params, Query, Body>) => unknown,
  ): RouteHandler {
    const handle = async (request: Request, context: Context): Promise<Response> => {
      try {
        const session = await admit(setting, request);
        const input = await parse(shape, request, await context.params);
        return answer(await handler({ request, session, ...input }));
      } catch (error) {
        return problemResponse(error, request, setting.log());
      }
    };
    return Object.assign(handle, { shape });
  };
}

async function admit<Session>(setting: RouteSetting<Session>, request: Request): Promise<Session> {
  if (!reads.has(request.method) && comesFromElsewhere(request, setting.origins())) {
    throw new Problem(
      403,
      "other-origin",
      "This call came from a page of another site. If it did not, set PUBLIC_URL to the address in your browser.",
    );
  }
  const session = await setting.sessionOf(request.headers);
  if (session === null) throw new Problem(401, "signed-out", "You are signed out. Sign in and try again.");
  return session;
}

async function parse<Params, Query, Body>(
  shape: RouteShape<Params, Query, Body>,
  request: Request,
  params: unknown,
): Promise<{ params: Params; query: Query; body: Body }> {
  const query = Object.fromEntries(new URL(request.url).searchParams);
  return {
    params: check(shape.params, params, "path"),
    query: check(shape.query, query, "query"),
    body: check(shape.body, shape.body && (await readJson(request)), "body"),
  };
}

function check<T>(schema: z.ZodType<T> | undefined, value: unknown, where: string): T {
  if (!schema) return undefined as T;
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => ({
    path: [where, ...path].join("."),
    message,
  }));
  const [first] = parsed.error.issues;
  const detail = first ? refusalSentence(first) : "This is not as the connector expects it.";
  throw new Problem(400, "invalid-request", detail, { problems });
}

async function readJson(request: Request): Promise<unknown> {
  const type = request.headers.get("content-type") ?? "";
  if (!/^application\/json\b/i.test(type)) {
    throw new Problem(415, "invalid-request", "Send the body as application/json.");
  }
  const text = await readBody(request, maxBodyBytes);
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) throw new Problem(400, "invalid-request", "The body is not JSON.");
    throw error;
  }
}

function answer(result: unknown): Response {
  if (result instanceof Response) return result;
  if (result === undefined) return new Response(null, { status: 204 });
  return Response.json(result, { headers: { "cache-control": "no-store" } });
}

/** The one translation of what was thrown: known problems as they are, the rest logged once and told to nobody. */
export function problemResponse(error: unknown, request: Request, log: Logger): Response {
  if (error instanceof Problem) return error.toResponse();
  if (error instanceof BodyTooLargeError) {
    return new Problem(
      413,
      "too-large",
      "This is larger than 2 MB, more than the connector takes at once. Shorten it.",
    ).toResponse();
  }
  const { method } = request;
  const path = new URL(request.url).pathname;
  if (isDatabaseAway(error)) {
    log.warn({ method, path, err: describeError(error) }, "the database is away");
    const detail = "The connector's database cannot be reached. Nothing was changed.";
    return new Problem(503, "database-away", detail).toResponse({ "retry-after": "5" });
  }
  if (isRefusedData(error)) {
    log.warn({ method, path, err: describeError(error) }, "the database refused what a request holds");
    const detail =
      "The request holds what cannot be stored or looked up: a NUL, half of a character, or a number that is too large.";
    return new Problem(400, "invalid-request", detail).toResponse();
  }
  log.error({ method, path, err: describeError(error) }, "a request broke");
  const detail = "The connector met an error of its own. Its log has the details.";
  return new Problem(500, "internal", detail).toResponse();
}
