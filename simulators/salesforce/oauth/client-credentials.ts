import { authenticateClient } from "./client-authentication";
import { invalidGrant } from "./errors";
import { onlineScopes } from "./scopes";
import type { GrantCall } from "./grant-call";
import { openSession, type TokenReply } from "./token-reply";
import { activeUserId } from "./users";
import { scopesOf } from "../org/clients";

/** `grant_type=client_credentials`: the app acts as its run-as user. @throws OAuthError */
export function clientCredentials({ org, form, authorization, origin }: GrantCall): TokenReply {
  const client = authenticateClient(org, form, authorization, "required");
  const userId = activeUserId(org, client.username);
  if (userId === undefined) throw invalidGrant("no client credentials user enabled");
  const scopes = onlineScopes(scopesOf(client));
  if (scopes.length === 0) throw invalidGrant("no valid scopes defined");
  return openSession(org, { client, userId, scopes }, origin);
}
