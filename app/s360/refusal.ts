/** A webhook call that cannot be taken; the message says why. */
export class WebhookRefusal extends Error {
  override readonly name = "WebhookRefusal";
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** For what nobody foresaw. */
export const brokeInside = {
  status: 500,
  detail: "The connector met an error of its own; nothing was stored. Send the payload again.",
} as const;

/** Problem JSON (RFC 9457), with the challenge that a 401 must carry. */
export function refusal(status: number, detail: string, headers: Record<string, string> = {}): Response {
  const challenge: Record<string, string> =
    status === 401 ? { "www-authenticate": 'Basic realm="S-360 webhook"' } : {};
  return Response.json(
    { status, detail },
    { status, headers: { "content-type": "application/problem+json", ...challenge, ...headers } },
  );
}

export function methodNotAllowed(): Response {
  return refusal(405, "S-360 calls here with POST, or with GET and a number.", { allow: "GET, POST" });
}
