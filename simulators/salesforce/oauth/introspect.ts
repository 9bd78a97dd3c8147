import { authenticateClient } from "./client-authentication";
import { OAuthError } from "./errors";
import { parametersOf, type OAuthReply, type OAuthRequest } from "./messages";
import { identityUrl, isActiveUser, userRow } from "./users";
import type { Org } from "../org/org";

interface Known {
  kind: "access_token" | "refresh_token";
  userId: string;
  clientId: string;
  scopes: readonly string[];
  issuedAtMs: number;
  endsAtMs: number | undefined;
}

/**
 * `/services/oauth2/introspect` (Salesforce help, "OpenID Connect Token Introspection"; RFC 7662). A client learns about
 * its own tokens alone. To look is no activity of the session.
 * @throws OAuthError
 */
export function introspect(org: Org, request: OAuthRequest): OAuthReply {
  if (request.method !== "POST") throw new OAuthError("invalid_request", "must use HTTP POST");
  const form = parametersOf(request);
  const client = authenticateClient(org, form, request.headers.authorization, "required");
  const token = form.get("token") ?? "";
  if (token === "") throw new OAuthError("invalid_request", "token not provided");
  const known = accessToken(org, token) ?? refreshToken(org, token);
  const isActive = known?.clientId === client.clientId && isActiveUser(org, known.userId);
  if (!isActive) return { status: 200, body: { active: false } };
  const issuedAt = Math.floor(known.issuedAtMs / 1000);
  return {
    status: 200,
    body: {
      active: true,
      scope: known.scopes.join(" "),
      client_id: known.clientId,
      username: userRow(org, known.userId)?.Username,
      sub: identityUrl(org, known.userId, request.origin),
      token_type: known.kind,
      ...(known.endsAtMs === undefined ? {} : { exp: Math.floor(known.endsAtMs / 1000) }),
      iat: issuedAt,
      nbf: issuedAt,
    },
  };
}

function accessToken({ sessions }: Org, token: string): Known | undefined {
  const session = sessions.peek(token);
  return session && { ...session, kind: "access_token", endsAtMs: sessions.endsAtMs(session) };
}

/** Refresh tokens of this org have no end of their own. */
function refreshToken({ sessions }: Org, token: string): Known | undefined {
  const found = sessions.refreshTokens.find(token);
  if (!found || found.isRetired) return undefined;
  return { ...found.grant, kind: "refresh_token", endsAtMs: undefined };
}
