/** What components ask the server through: JSON in, JSON out, problem JSON (RFC 9457) as `ApiError`. */

/** The body of an error as `lib/platform/route.ts` writes it. */
export interface ProblemBody {
  readonly status: number;
  /** Stable, for programs: `not-found`, `invalid-request`, `signed-out`, `database-away`… */
  readonly code: string;
  /** For people: what is wrong and what to do. */
  readonly detail: string;
  /** With `invalid-request`: where in the request and what is wrong there. */
  readonly problems?: readonly { readonly path: string; readonly message: string }[];
  /** Whatever else the route said. */
  readonly [extension: string]: unknown;
}

/** The server answered with an error, or not at all (status 0, code `unreachable`). */
export class ApiError extends Error {
  override readonly name = "ApiError";
  constructor(readonly problem: ProblemBody) {
    super(problem.detail);
  }
  get status(): number {
    return this.problem.status;
  }
  get code(): string {
    return this.problem.code;
  }
  get detail(): string {
    return this.problem.detail;
  }
}

export type Query = Readonly<Record<string, string | number | boolean | null | undefined>>;

/**
 * Reads a resource. Query values that are null, undefined or empty are left out.
 * @throws ApiError; the AbortError of `signal`
 */
export async function apiGet<T>(
  path: string,
  options: { query?: Query; signal?: AbortSignal } = {},
): Promise<T> {
  return ask<T>(withQuery(path, options.query), { signal: options.signal });
}

/**
 * Changes a resource; `body` is sent as JSON.
 * @throws ApiError
 */
export async function apiSend<T = unknown>(
  method: "POST" | "PUT" | "PATCH" | "DELETE",
  path: string,
  body?: unknown,
): Promise<T> {
  const headers = { "content-type": "application/json" };
  return ask<T>(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
}

/** `path` with its query; also for links. */
export function withQuery(path: string, query: Query = {}): string {
  const given = Object.entries(query).filter(
    ([, value]) => value !== null && value !== undefined && value !== "",
  );
  const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return text ? `${path}?${text}` : path;
}

async function ask<T>(url: string, init: RequestInit): Promise<T> {
  const response = await reach(url, init);
  const text = await response.text();
  const parsed = parse(text);
  if (!response.ok) throw new ApiError(problemOf(response.status, parsed));
  return parsed as T;
}

async function reach(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, { ...init, cache: "no-store", credentials: "same-origin" });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new ApiError({
      status: 0,
      code: "unreachable",
      detail: "The connector does not answer. Check that it runs and that this device is online.",
    });
  }
}

function parse(text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function problemOf(status: number, body: unknown): ProblemBody {
  if (typeof body === "object" && body !== null && "detail" in body && typeof body.detail === "string") {
    const code = "code" in body && typeof body.code === "string" ? body.code : "refused";
    return { ...body, status, code, detail: body.detail };
  }
  const detail =
    "The connector, or a server before it, did not answer as it should. Try again; if that does not help, look into the connector’s log.";
  return { status, code: "refused", detail };
}
