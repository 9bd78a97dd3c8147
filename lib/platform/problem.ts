/** What an API answers when it cannot do what was asked: problem JSON (RFC 9457) with a stable code. */

/** Every code an API of the admin pages can answer with; programs may rely on them. */
export const problemCodes = [
  ...(["invalid-request", "not-found", "conflict", "refused", "signed-out"] as const),
  ...(["other-origin", "too-large", "database-away", "internal"] as const),
];
export type ProblemCode = (typeof problemCodes)[number];

/** Thrown by a handler to answer with a problem. `detail` is for people: what is wrong and what to do. */
export class Problem extends Error {
  override readonly name = "Problem";
  constructor(
    readonly status: number,
    readonly code: ProblemCode,
    readonly detail: string,
    /** Further members of the answer, such as the document somebody else saved. */
    readonly extensions: Readonly<Record<string, unknown>> = {},
  ) {
    super(detail);
  }

  toResponse(headers: Record<string, string> = {}): Response {
    const { status, code, detail, extensions } = this;
    return Response.json(
      { ...extensions, status, code, detail },
      {
        status,
        headers: { "content-type": "application/problem+json", "cache-control": "no-store", ...headers },
      },
    );
  }
}

export function notFound(detail: string): Problem {
  return new Problem(404, "not-found", detail);
}
