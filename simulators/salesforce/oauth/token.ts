import { authorizationCode } from "./authorization-code";
import { clientCredentials } from "./client-credentials";
import { OAuthError } from "./errors";
import type { GrantCall } from "./grant-call";
import { jwtBearer } from "./jwt-bearer";
import { parametersOf, type OAuthReply, type OAuthRequest } from "./messages";
import { password } from "./password";
import { refreshToken } from "./refresh-token";
import type { TokenReply } from "./token-reply";
import type { Org } from "../org/org";

type Grant = (call: GrantCall) => TokenReply | Promise<TokenReply>;

const GRANTS: ReadonlyMap<string, Grant> = new Map<string, Grant>([
  ["authorization_code", authorizationCode],
  ["refresh_token", refreshToken],
  ["client_credentials", clientCredentials],
  ["password", password],
  ["urn:ietf:params:oauth:grant-type:jwt-bearer", jwtBearer],
]);

export const GRANT_TYPES: readonly string[] = [...GRANTS.keys()];

/** `/services/oauth2/token`. @throws OAuthError */
export async function token(org: Org, request: OAuthRequest): Promise<OAuthReply> {
  if (request.method !== "POST") throw new OAuthError("invalid_request", "must use HTTP POST");
  const form = parametersOf(request);
  const grant = GRANTS.get(form.get("grant_type") ?? "");
  if (!grant) throw new OAuthError("unsupported_grant_type", "grant type not supported");
  if (form.has("scope")) throw new OAuthError("invalid_request", "scope parameter not supported");
  if ((form.get("format") ?? "json") !== "json") {
    throw new OAuthError("invalid_request", "format not supported");
  }
  const { authorization } = request.headers;
  return { status: 200, body: await grant({ org, form, authorization, origin: request.origin }) };
}
