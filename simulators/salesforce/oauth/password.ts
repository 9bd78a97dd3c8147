import { authenticateClient } from "./client-authentication";
import { invalidGrant } from "./errors";
import { onlineScopes } from "./scopes";
import type { GrantCall } from "./grant-call";
import { openSession, type TokenReply } from "./token-reply";
import { signedInUserId } from "./users";
import { scopesOf } from "../org/clients";

/**
 * `grant_type=password`, only for clients that allow it; all others hear what an org says that blocks the flow, as new
 * orgs do since Summer '23. No security token is asked for. @throws OAuthError
 */
export function password({ org, form, authorization, origin }: GrantCall): TokenReply {
  const client = authenticateClient(org, form, authorization, "required");
  const userId = signedInUserId(org, form.get("username") ?? "", form.get("password") ?? "");
  if (client.allowPasswordFlow !== true || userId === undefined) throw invalidGrant("authentication failure");
  return openSession(org, { client, userId, scopes: onlineScopes(scopesOf(client)) }, origin);
}
