import { createPublicKey } from "node:crypto";
import { decodeJwt, errors, jwtVerify, type JWTPayload } from "jose";
import { OAuthError } from "./errors";
import { activeUserId, openSession } from "./token-reply";
import type { Org } from "../org/org";

export const JWT_GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";
const PUBLIC_LOGIN = "https://login.salesforce.com";
const PUBLIC_SANDBOX_LOGIN = "https://test.salesforce.com";
const CLOCK_TOLERANCE_SECONDS = 180;

/**
 * JWT bearer flow: an RS256 assertion with `iss` = client id, `sub` = user name, `aud` = this org's My Domain URL (or
 * login.salesforce.com), `exp` not past. A test.salesforce.com audience is refused as External Client Apps do since
 * Spring '26.
 * @throws OAuthError
 */
export async function jwtBearer(
  org: Org,
  form: URLSearchParams,
  origin: string,
): Promise<Record<string, string>> {
  const assertion = form.get("assertion") ?? "";
  const claims = decode(assertion);
  const client = org.clients.get(claims.iss ?? "");
  if (!client) throw new OAuthError("invalid_client_id", "client identifier invalid");
  if (client.publicKeyPem === undefined) {
    throw new OAuthError("invalid_grant", "no certificate is configured for this client");
  }
  refuseWrongAudience(claims.aud, origin);
  await verify(assertion, client.publicKeyPem);
  const userId = activeUserId(org, claims.sub ?? "");
  if (userId === undefined || claims.sub !== client.username) {
    throw new OAuthError("invalid_grant", "user hasn't approved this consumer");
  }
  return openSession(org, client, userId, origin);
}

function decode(assertion: string): JWTPayload {
  try {
    return decodeJwt(assertion);
  } catch (error) {
    if (error instanceof errors.JOSEError) throw new OAuthError("invalid_grant", "invalid assertion");
    throw error;
  }
}

function refuseWrongAudience(audience: JWTPayload["aud"], origin: string): void {
  const given = (Array.isArray(audience) ? audience : [audience]).map((one) =>
    (one ?? "").replace(/\/$/, ""),
  );
  if (given.includes(PUBLIC_SANDBOX_LOGIN)) {
    throw new OAuthError("app_not_found", "External client app is not installed in this org");
  }
  const accepted = [origin, `${origin}/services/oauth2/token`, PUBLIC_LOGIN];
  if (!given.some((one) => accepted.includes(one))) {
    throw new OAuthError("invalid_grant", "audience is invalid");
  }
}

async function verify(assertion: string, publicKeyPem: string): Promise<void> {
  try {
    await jwtVerify(assertion, createPublicKey(publicKeyPem), {
      algorithms: ["RS256"],
      requiredClaims: ["iss", "sub", "aud", "exp"],
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
    });
  } catch (error) {
    if (error instanceof errors.JWTExpired) {
      throw new OAuthError("invalid_grant", "expired authorization code");
    }
    if (error instanceof errors.JOSEError) throw new OAuthError("invalid_grant", "invalid assertion");
    throw error;
  }
}
