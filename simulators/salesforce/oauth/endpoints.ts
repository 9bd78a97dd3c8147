import { clientCredentials } from "./client-credentials";
import { OAuthError } from "./errors";
import { JWT_GRANT, jwtBearer } from "./jwt-bearer";
import type { Org } from "../org/org";
import type { Session } from "../org/sessions";

export interface OAuthRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: Readonly<Record<string, string | undefined>>;
  bodyText: string;
  origin: string;
}

export interface OAuthReply {
  status: number;
  body?: unknown;
}

/** `/services/oauth2/…` and `/id/…`; undefined for a path that is none of ours. */
export async function answerOAuth(org: Org, request: OAuthRequest): Promise<OAuthReply | undefined> {
  try {
    if (request.path === "/services/oauth2/token") return await token(org, request);
    if (request.path === "/services/oauth2/revoke") return revoke(org, request);
    if (request.path === "/services/oauth2/userinfo") return userInfo(org, request);
    if (/^\/id\/00D\w+\/005\w+$/.test(request.path)) return userInfo(org, request);
    return undefined;
  } catch (error) {
    if (error instanceof OAuthError) return { status: error.status, body: error.body };
    throw error;
  }
}

async function token(org: Org, request: OAuthRequest): Promise<OAuthReply> {
  if (request.method !== "POST") {
    throw new OAuthError("invalid_request", "must use HTTP POST");
  }
  const form = new URLSearchParams(request.bodyText);
  for (const [name, value] of request.query) form.append(name, value);
  const grantType = form.get("grant_type");
  if (grantType === null) throw new OAuthError("unsupported_grant_type", "grant type not supported");
  if (grantType === "client_credentials") {
    return { status: 200, body: clientCredentials(org, form, request.headers.authorization, request.origin) };
  }
  if (grantType === JWT_GRANT) return { status: 200, body: await jwtBearer(org, form, request.origin) };
  throw new OAuthError("unsupported_grant_type", "grant type not supported");
}

function revoke(org: Org, request: OAuthRequest): OAuthReply {
  const given = new URLSearchParams(request.bodyText).get("token") ?? request.query.get("token") ?? "";
  if (!org.sessions.revoke(given))
    throw new OAuthError("unsupported_token_type", "this token type is not supported");
  return { status: 200 };
}

function userInfo(org: Org, request: OAuthRequest): OAuthReply {
  const session = sessionOf(org, request.headers.authorization, request.query);
  if (!session) return { status: 403, body: "Bad_OAuth_Token" };
  const user = org.store.table(org.schema.standard("User")).get(session.userId);
  const { organizationId } = org.setup;
  return {
    status: 200,
    body: {
      sub: `${request.origin}/id/${organizationId}/${session.userId}`,
      id: `${request.origin}/id/${organizationId}/${session.userId}`,
      user_id: session.userId,
      organization_id: organizationId,
      preferred_username: user?.Username,
      username: user?.Username,
      nickname: user?.Alias,
      name: user?.Name,
      email: user?.Email,
      email_verified: true,
      active: true,
      user_type: "STANDARD",
      language: user?.LanguageLocaleKey,
      locale: user?.LocaleSidKey,
      zoneinfo: user?.TimeZoneSidKey,
      urls: {
        rest: `${request.origin}/services/data/v{version}/`,
        sobjects: `${request.origin}/services/data/v{version}/sobjects/`,
        query: `${request.origin}/services/data/v{version}/query/`,
      },
    },
  };
}

/** The session of an `Authorization: Bearer …` (or `OAuth …`) header, or of `access_token` in the query. */
export function sessionOf(
  org: Org,
  authorization: string | undefined,
  query?: URLSearchParams,
): Session | undefined {
  const bearer = /^(?:Bearer|OAuth)\s+(\S+)$/i.exec(authorization ?? "")?.[1];
  return org.sessions.find(bearer ?? query?.get("access_token") ?? "");
}
