import { OAuthError } from "./errors";
import { parametersOf, type OAuthReply, type OAuthRequest } from "./messages";
import type { Org } from "../org/org";

/**
 * `/services/oauth2/revoke` (Salesforce help, "Revoke OAuth Tokens"): an access token ends its session, a refresh token
 * the sessions made from it as well. Refusals come as a form, not as JSON.
 */
export function revoke(org: Org, request: OAuthRequest): OAuthReply {
  const parameters = parametersOf(request);
  const { sessions } = org;
  const token = parameters.get("token") ?? "";
  const refusal = refusalOf(org, parameters, token);
  if (refusal) {
    return { status: 400, text: refusal.formText, contentType: "application/x-www-form-urlencoded" };
  }
  const found = sessions.refreshTokens.find(token);
  if (found) {
    const { userId, clientId } = found.grant;
    sessions.revokeGrant(found.grant);
    if (!sessions.refreshTokens.has(userId, clientId)) sessions.approvals.forget(userId, clientId);
    org.onSettings();
  } else {
    sessions.revoke(token);
  }
  return { status: 200 };
}

function refusalOf({ sessions }: Org, parameters: URLSearchParams, token: string): OAuthError | undefined {
  if (parameters.has("callback")) return new OAuthError("invalid_request", "callback not supported");
  if (sessions.peek(token) || sessions.refreshTokens.find(token)) return undefined;
  return sessions.looksLikeToken(token)
    ? new OAuthError("invalid_token", "invalid token")
    : new OAuthError("unsupported_token_type", "this token type is not supported");
}
