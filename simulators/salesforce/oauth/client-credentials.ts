import { timingSafeEqual } from "node:crypto";
import { OAuthError } from "./errors";
import { activeUserId, openSession } from "./token-reply";
import type { OAuthClient } from "../org/clients";
import type { Org } from "../org/org";

/** `grant_type=client_credentials`: id and secret as Basic header or in the form. @throws OAuthError */
export function clientCredentials(
  org: Org,
  form: URLSearchParams,
  authorization: string | undefined,
  origin: string,
): Record<string, string> {
  const basic = readBasic(authorization);
  const clientId = basic?.id ?? form.get("client_id") ?? "";
  const secret = basic?.secret ?? form.get("client_secret") ?? "";
  const client = org.clients.get(clientId);
  if (!client) throw new OAuthError("invalid_client_id", "client identifier invalid");
  if (!isSecretOf(client, secret)) throw new OAuthError("invalid_client", "invalid client credentials");
  const userId = activeUserId(org, client.username);
  if (userId === undefined) {
    throw new OAuthError("invalid_grant", "no client credentials user enabled");
  }
  return openSession(org, client, userId, origin);
}

function readBasic(authorization: string | undefined): { id: string; secret: string } | undefined {
  const encoded = /^Basic\s+(\S+)$/i.exec(authorization ?? "")?.[1];
  if (encoded === undefined) return undefined;
  const [id = "", ...secret] = Buffer.from(encoded, "base64").toString("utf8").split(":");
  return { id, secret: secret.join(":") };
}

function isSecretOf(client: OAuthClient, secret: string): boolean {
  const expected = Buffer.from(client.clientSecret ?? "");
  const given = Buffer.from(secret);
  return expected.length > 0 && expected.length === given.length && timingSafeEqual(expected, given);
}
