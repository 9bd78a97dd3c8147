import { authenticateClient } from "./client-authentication";
import { invalidGrant, OAuthError } from "./errors";
import type { GrantCall } from "./grant-call";
import { openSession, type TokenReply } from "./token-reply";
import { isActiveUser } from "./users";

/**
 * `grant_type=refresh_token`. Where the app rotates its tokens the answer holds a new one, the old one is void, and to
 * use the old one again ends the grant and every session made from it (Salesforce help, "Refresh Token Rotation").
 * @throws OAuthError
 */
export function refreshToken({ org, form, authorization, origin }: GrantCall): TokenReply {
  const client = authenticateClient(org, form, authorization, "as the client is set up");
  const found = org.sessions.refreshTokens.find(form.get("refresh_token") ?? "");
  if (found?.grant.clientId !== client.clientId) throw invalidGrant("expired access/refresh token");
  const { grant, isRetired } = found;
  if (isRetired) {
    org.sessions.revokeGrant(grant);
    org.onSettings();
    throw invalidGrant("expired access/refresh token");
  }
  const { userId, scopes } = grant;
  if (!isActiveUser(org, userId)) throw new OAuthError("inactive_user", "user is inactive");
  const reply = openSession(org, { client, userId, scopes, refreshGrantId: grant.id }, origin);
  if (client.rotateRefreshTokens !== true) return reply;
  const rotated = org.sessions.refreshTokens.rotate(grant);
  org.onSettings();
  return { ...reply, refresh_token: rotated };
}
