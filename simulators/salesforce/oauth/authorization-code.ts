import type { CodeGrant } from "./authorization-codes";
import { authenticateClient } from "./client-authentication";
import { invalidGrant, OAuthError } from "./errors";
import { isOffline } from "./scopes";
import { digest, isSameSecret } from "./secrets";
import type { GrantCall } from "./grant-call";
import { idToken, openSession, type TokenReply } from "./token-reply";
import { isActiveUser } from "./users";

/** `grant_type=authorization_code`: the second half of the web server flow. @throws OAuthError */
export function authorizationCode({ org, form, authorization, origin }: GrantCall): TokenReply {
  const client = authenticateClient(org, form, authorization, "as the client is set up");
  const grant = org.sessions.codes.redeem(form.get("code") ?? "", client.clientId, org.now());
  if (grant === undefined) throw invalidGrant("invalid authorization code");
  if (grant === "expired") throw invalidGrant("expired authorization code");
  if (form.get("redirect_uri") !== grant.redirectUri) {
    throw new OAuthError("redirect_uri_mismatch", "redirect_uri must match configuration");
  }
  refuseWrongVerifier(grant, form.get("code_verifier"));
  const { userId, scopes } = grant;
  if (!isActiveUser(org, userId)) throw new OAuthError("inactive_user", "user is inactive");
  const refresh = isOffline(scopes) ? issueRefreshToken(org, grant) : undefined;
  const reply = openSession(org, { client, userId, scopes, refreshGrantId: refresh?.grant.id }, origin);
  if (refresh) reply.refresh_token = refresh.token;
  if (scopes.includes("openid")) {
    reply.id_token = idToken(org, reply, client.clientId, grant.nonce, origin);
  }
  return reply;
}

function issueRefreshToken(org: GrantCall["org"], { userId, clientId, scopes }: CodeGrant) {
  const issued = org.sessions.refreshTokens.issue(userId, clientId, scopes, org.now());
  for (const displaced of issued.displaced) org.sessions.revokeGrant(displaced);
  org.onSettings();
  return issued;
}

/** The verifier and the challenge come together or not at all, and the one is the SHA-256 of the other. */
function refuseWrongVerifier({ codeChallenge }: CodeGrant, verifier: string | null): void {
  const isRight =
    codeChallenge === undefined
      ? verifier === null
      : verifier !== null && isSameSecret(codeChallenge.replace(/=+$/, ""), digest(verifier));
  if (!isRight) throw invalidGrant("invalid code verifier");
}
