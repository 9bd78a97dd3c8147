import type { OAuthReply } from "./messages";
import { KNOWN_SCOPES } from "./scopes";
import { GRANT_TYPES } from "./token";
import type { Org } from "../org/org";

/** `/.well-known/openid-configuration`: what this org does, and nothing more. */
export function openIdConfiguration(origin: string): OAuthReply {
  const oauth = `${origin}/services/oauth2`;
  return {
    status: 200,
    body: {
      issuer: origin,
      authorization_endpoint: `${oauth}/authorize`,
      token_endpoint: `${oauth}/token`,
      revocation_endpoint: `${oauth}/revoke`,
      userinfo_endpoint: `${oauth}/userinfo`,
      introspection_endpoint: `${oauth}/introspect`,
      jwks_uri: `${origin}/id/keys`,
      scopes_supported: KNOWN_SCOPES,
      response_types_supported: ["code"],
      grant_types_supported: GRANT_TYPES,
      code_challenge_methods_supported: ["S256"],
      subject_types_supported: ["public"],
      id_token_signing_alg_values_supported: ["RS256"],
      display_values_supported: ["page", "popup", "touch"],
      token_endpoint_auth_methods_supported: ["client_secret_post", "client_secret_basic"],
      claims_supported: ["at_hash", "aud", "exp", "iat", "iss", "nonce", "sub"],
    },
  };
}

/** `/id/keys`: the key that ID tokens are signed with. */
export function signingKeys(org: Org): OAuthReply {
  return { status: 200, body: { keys: [org.sessions.signingKey.publicJwk()] } };
}
