import { OAuthError } from "./errors";
import { scopesOf, type OAuthClient } from "../org/clients";

/**
 * The scopes of this org's apps, with the words of the consent page (Salesforce help, "OAuth Tokens and Scopes").
 */
const LABELS: ReadonlyMap<string, string> = new Map([
  ["id", "Access the identity URL service"],
  ["profile", "Access the identity URL service"],
  ["email", "Access the identity URL service"],
  ["address", "Access the identity URL service"],
  ["phone", "Access the identity URL service"],
  ["api", "Manage user data via APIs"],
  ["web", "Manage user data via Web browsers"],
  ["full", "Full access"],
  ["openid", "Access unique user identifiers"],
  ["chatter_api", "Access Connect REST API resources"],
  ["custom_permissions", "Access custom permissions"],
  ["lightning", "Access Lightning applications"],
  ["visualforce", "Access Visualforce applications"],
  ["content", "Access content resources"],
  ["refresh_token", "Perform requests at any time"],
  ["offline_access", "Perform requests at any time"],
]);

export const KNOWN_SCOPES: readonly string[] = [...LABELS.keys()];

const OFFLINE: ReadonlySet<string> = new Set(["refresh_token", "offline_access"]);

/** Whether these scopes bring a refresh token; `full` alone does not. */
export function isOffline(scopes: readonly string[]): boolean {
  return scopes.some((scope) => OFFLINE.has(scope));
}

/** The scopes of a token that comes without a refresh token. */
export function onlineScopes(scopes: readonly string[]): string[] {
  return scopes.filter((scope) => !OFFLINE.has(scope));
}

/** Whether a session with these scopes may call the REST API. */
export function allowsRestApi(scopes: readonly string[]): boolean {
  return scopes.includes("api") || scopes.includes("full");
}

/**
 * What a request asks for: the app's own scopes when it names none.
 * @throws OAuthError invalid_scope for a scope that the app does not have
 */
export function requestedScopes(client: OAuthClient, text: string | null): readonly string[] {
  const own = scopesOf(client);
  const asked = [...new Set((text ?? "").split(/\s+/).filter((scope) => scope !== ""))];
  const isOwn = (scope: string) =>
    own.includes(scope) || (OFFLINE.has(scope) ? isOffline(own) : own.includes("full") && LABELS.has(scope));
  if (!asked.every(isOwn)) throw new OAuthError("invalid_scope", "the requested scope is not allowed");
  return asked.length === 0 ? own : asked;
}

/** What the consent page says that the app wants. */
export function scopeSentences(scopes: readonly string[]): string[] {
  return [...new Set(scopes.map((scope) => LABELS.get(scope) ?? scope))];
}
