import { createPublicKey } from "node:crypto";
import { decodeJwt, errors, jwtVerify, type JWTPayload } from "jose";
import { invalidGrant, OAuthError } from "./errors";
import { isOffline, onlineScopes } from "./scopes";
import type { GrantCall } from "./grant-call";
import { openSession, type TokenReply } from "./token-reply";
import { activeUserId } from "./users";
import { scopesOf } from "../org/clients";
import type { OAuthClient } from "../org/clients";
import type { Org } from "../org/org";

const PUBLIC_LOGIN = "https://login.salesforce.com";
const PUBLIC_SANDBOX_LOGIN = "https://test.salesforce.com";
const CLOCK_TOLERANCE_SECONDS = 180;

/**
 * JWT bearer flow: an RS256 assertion with `iss` = client id, `sub` (or `prn`) = user name, `aud` = this org's My Domain
 * URL (or login.salesforce.com), `exp` not past. How far ahead `exp` lies is not judged: widely used clients, Salesforce's
 * own command line among them, write it in milliseconds, and Salesforce takes it. A test.salesforce.com audience is
 * refused as External Client Apps do since Spring '26.
 * @throws OAuthError
 */
export async function jwtBearer({ org, form, origin }: GrantCall): Promise<TokenReply> {
  const assertion = form.get("assertion") ?? "";
  const claims = decode(assertion);
  const client = org.clients.get(textOf(claims.iss));
  if (!client) throw new OAuthError("invalid_client_id", "client identifier invalid");
  if (client.publicKeyPem === undefined) {
    throw invalidGrant("no certificate is configured for this client");
  }
  refuseWrongAudience(claims.aud, origin);
  await verify(assertion, client.publicKeyPem, org.now());
  const scopes = scopesOf(client);
  if (!isOffline(scopes)) {
    throw new OAuthError(
      "invalid_request",
      "refresh_token scope is required and the connected app should be installed and preauthorized",
    );
  }
  const username = textOf(claims.sub ?? claims.prn);
  const userId = approvingUser(org, client, username);
  const opened = openSession(org, { client, userId, scopes: onlineScopes(scopes) }, origin);
  return shortReply(opened);
}

/** This flow's answer has no signature and no moment of issue (Salesforce help, "OAuth 2.0 JWT Bearer Flow"). */
function shortReply(reply: TokenReply): TokenReply {
  const left = new Set(["signature", "issued_at"]);
  return Object.fromEntries(Object.entries(reply).filter(([name]) => !left.has(name)));
}

/** The user, if pre-authorised by the admin or by an own, earlier consent. @throws OAuthError */
function approvingUser(org: Org, client: OAuthClient, username: string): string {
  const userId = activeUserId(org, username);
  const isApproved =
    userId !== undefined &&
    (userId === activeUserId(org, client.username) ||
      org.sessions.refreshTokens.has(userId, client.clientId));
  if (!isApproved) throw invalidGrant("user hasn't approved this consumer");
  return userId;
}

function decode(assertion: string): JWTPayload {
  try {
    return decodeJwt(assertion);
  } catch (error) {
    if (error instanceof errors.JOSEError) throw invalidGrant("invalid assertion");
    throw error;
  }
}

function refuseWrongAudience(audience: JWTPayload["aud"], origin: string): void {
  const given = (Array.isArray(audience) ? audience : [audience]).map((one) =>
    textOf(one).replace(/\/$/, ""),
  );
  if (given.includes(PUBLIC_SANDBOX_LOGIN)) {
    throw new OAuthError("app_not_found", "External client app is not installed in this org");
  }
  const accepted = [origin, `${origin}/services/oauth2/token`, PUBLIC_LOGIN];
  if (!given.some((one) => accepted.includes(one))) throw invalidGrant("audience is invalid");
}

/** A claim whose type the assertion's writer may have got wrong. */
function textOf(claim: unknown): string {
  return typeof claim === "string" ? claim : "";
}

async function verify(assertion: string, publicKeyPem: string, now: Date): Promise<void> {
  try {
    await jwtVerify(assertion, createPublicKey(publicKeyPem), {
      algorithms: ["RS256"],
      requiredClaims: ["iss", "aud", "exp"],
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
      currentDate: now,
    });
  } catch (error) {
    if (error instanceof errors.JWTExpired) throw invalidGrant("expired authorization code");
    if (error instanceof errors.JOSEError) throw invalidGrant("invalid assertion");
    throw error;
  }
}
