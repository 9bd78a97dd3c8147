import type { Call } from "./notification";
import { authenticationHeaders, parseAuthentication } from "./authentication";

export type Answer = { status: number | null; outcome: string };

/**
 * One call of a webhook as S-360 makes it. Only a 200 counts, redirects are not followed, the answer's body is ignored.
 * Never throws: a refused connection or a time-out is an answer without a status.
 */
export async function callReceiver(
  { method, url, body }: Call,
  auth: string,
  timeoutSeconds: number,
  closing: AbortSignal,
): Promise<Answer> {
  const timeout = AbortSignal.timeout(Math.ceil(timeoutSeconds * 1000));
  try {
    const response = await fetch(url, {
      method,
      headers: {
        ...(body !== null && { "content-type": "application/json; charset=utf-8" }),
        "user-agent": "S-360 webhook (simulated)",
        ...authenticationHeaders(parseAuthentication(auth)),
      },
      body,
      redirect: "manual",
      signal: AbortSignal.any([timeout, closing]),
    });
    await response.body?.cancel();
    return { status: response.status, outcome: String(response.status) };
  } catch (error) {
    return { status: null, outcome: timeout.aborted ? `no answer in ${timeoutSeconds} s` : reason(error) };
  }
}

function reason(error: unknown): string {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  if (cause instanceof Error && "code" in cause) return String(cause.code);
  return cause instanceof Error ? cause.message : String(cause);
}
