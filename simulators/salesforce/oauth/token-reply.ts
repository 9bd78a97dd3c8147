import { createHmac } from "node:crypto";
import type { OAuthClient } from "../org/clients";
import type { Org } from "../org/org";

/**
 * Opens a session and answers as the token endpoint does. There is no `expires_in`: how long a session lives is the
 * org's policy.
 */
export function openSession(
  org: Org,
  client: OAuthClient,
  userId: string,
  origin: string,
): Record<string, string> {
  const session = org.sessions.open(userId, client.clientId);
  const id = `${origin}/id/${org.setup.organizationId}/${userId}`;
  const issuedAt = String(org.now().getTime());
  const signature = createHmac("sha256", client.clientSecret ?? "")
    .update(id + issuedAt)
    .digest("base64");
  return {
    access_token: session.token,
    signature,
    scope: "api",
    instance_url: origin,
    id,
    token_type: "Bearer",
    issued_at: issuedAt,
  };
}

/** The id of the active user with this name; undefined when there is none. */
export function activeUserId(org: Org, username: string): string | undefined {
  const users = org.schema.standard("User");
  const field = users.field("Username");
  const user = field && org.store.table(users).byKey(field, username)[0];
  return user?.IsActive === true ? String(user.Id) : undefined;
}
