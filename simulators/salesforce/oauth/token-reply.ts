import { createHash, createHmac } from "node:crypto";
import { identityUrl } from "./users";
import type { OAuthClient } from "../org/clients";
import type { Org } from "../org/org";

export type TokenReply = Record<string, string>;

/** What a token is for. */
export interface Granted {
  client: OAuthClient;
  userId: string;
  scopes: readonly string[];
  /** The grant of the refresh token that goes with it. */
  refreshGrantId?: string;
}

/** Salesforce help, "ID tokens": two minutes, unless the app says otherwise. */
const ID_TOKEN_LIFETIME_SECONDS = 120;

/**
 * Opens a session and answers as the token endpoint does. There is no `expires_in`: how long a session lives is the
 * org's policy.
 */
export function openSession(org: Org, granted: Granted, origin: string): TokenReply {
  const { client, userId, scopes, refreshGrantId } = granted;
  const session = org.sessions.open({ userId, clientId: client.clientId, scopes, refreshGrantId });
  const id = identityUrl(org, userId, origin);
  const issuedAt = String(session.issuedAtMs);
  const signature = createHmac("sha256", client.clientSecret ?? "")
    .update(id + issuedAt)
    .digest("base64");
  return {
    access_token: session.token,
    signature,
    scope: scopes.join(" "),
    instance_url: origin,
    id,
    token_type: "Bearer",
    issued_at: issuedAt,
  };
}

/** An OpenID Connect ID token that goes with this token answer. */
export function idToken(
  org: Org,
  reply: TokenReply,
  clientId: string,
  nonce: string | undefined,
  origin: string,
): string {
  const issuedAtSeconds = Math.floor(Number(reply.issued_at) / 1000);
  const accessTokenHash = createHash("sha256")
    .update(reply.access_token ?? "")
    .digest();
  return org.sessions.signingKey.signJwt({
    at_hash: accessTokenHash.subarray(0, 16).toString("base64url"),
    sub: reply.id,
    aud: clientId,
    iss: origin,
    exp: issuedAtSeconds + ID_TOKEN_LIFETIME_SECONDS,
    iat: issuedAtSeconds,
    ...(nonce === undefined ? {} : { nonce }),
  });
}
