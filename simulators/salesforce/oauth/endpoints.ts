import { authorize } from "./authorize";
import { openIdConfiguration, signingKeys } from "./discovery";
import { OAuthError } from "./errors";
import { identity } from "./identity";
import { introspect } from "./introspect";
import type { OAuthReply, OAuthRequest } from "./messages";
import { revoke } from "./revoke";
import { token } from "./token";
import { userInfo } from "./user-info";
import type { Org } from "../org/org";

export { sessionOf } from "./bearer";

type Endpoint = (org: Org, request: OAuthRequest) => OAuthReply | Promise<OAuthReply>;

const ENDPOINTS: ReadonlyMap<string, Endpoint> = new Map<string, Endpoint>([
  ["/services/oauth2/authorize", authorize],
  ["/services/oauth2/token", token],
  ["/services/oauth2/revoke", revoke],
  ["/services/oauth2/introspect", introspect],
  ["/services/oauth2/userinfo", userInfo],
  ["/.well-known/openid-configuration", (_org, { origin }) => openIdConfiguration(origin)],
  ["/id/keys", signingKeys],
]);

const IDENTITY = /^\/id\/([^/]+)\/([^/]+)$/;
/** Wrong methods of these two are refused in the words of the OAuth error body. */
const ANY_METHOD = new Set(["/services/oauth2/token", "/services/oauth2/introspect"]);

/** `/services/oauth2/…`, `/id/…` and the discovery document; undefined for a path that is none of ours. */
export async function answerOAuth(org: Org, request: OAuthRequest): Promise<OAuthReply | undefined> {
  const endpoint = findEndpoint(request.path);
  if (!endpoint) return undefined;
  if (!ANY_METHOD.has(request.path) && !["GET", "HEAD", "POST"].includes(request.method)) {
    return { status: 405, headers: { Allow: "GET, HEAD, POST" } };
  }
  try {
    return await endpoint(org, request);
  } catch (error) {
    if (error instanceof OAuthError) return { status: error.status, body: error.body };
    throw error;
  }
}

function findEndpoint(path: string): Endpoint | undefined {
  const known = ENDPOINTS.get(path);
  if (known) return known;
  const [, organization, user] = IDENTITY.exec(path) ?? [];
  if (organization === undefined || user === undefined) return undefined;
  return (org, request) => identity(org, request, organization, user);
}
