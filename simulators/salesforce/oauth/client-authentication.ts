import { OAuthError } from "./errors";
import { isSameSecret } from "./secrets";
import type { OAuthClient } from "../org/clients";
import type { Org } from "../org/org";

/** Whether the secret must be there, or may be left out by a client that is set up so. */
export type SecretRule = "required" | "as the client is set up";

/**
 * The client of a request, by Basic header or by `client_id` and `client_secret` in the form. A secret that is given
 * must be right.
 * @throws OAuthError invalid_client_id, invalid_client
 */
export function authenticateClient(
  org: Org,
  form: URLSearchParams,
  authorization: string | undefined,
  rule: SecretRule,
): OAuthClient {
  if (form.has("client_assertion")) {
    throw new OAuthError("invalid_client", "client assertions are not supported by the simulated org");
  }
  const basic = readBasic(authorization);
  const client = org.clients.get(basic?.id ?? form.get("client_id") ?? "");
  if (!client) throw new OAuthError("invalid_client_id", "client identifier invalid");
  const secret = (basic?.secret ?? form.get("client_secret")) || undefined;
  const expected = client.clientSecret;
  const isNeeded = rule === "required" || (client.requireSecret ?? expected !== undefined);
  const isRight = secret !== undefined && expected !== undefined && isSameSecret(expected, secret);
  if (!isRight && (isNeeded || secret !== undefined)) {
    throw new OAuthError("invalid_client", "invalid client credentials");
  }
  return client;
}

function readBasic(authorization: string | undefined): { id: string; secret: string } | undefined {
  const encoded = /^Basic\s+(\S+)$/i.exec(authorization ?? "")?.[1];
  if (encoded === undefined) return undefined;
  const [id = "", ...secret] = Buffer.from(encoded, "base64").toString("utf8").split(":");
  return { id, secret: secret.join(":") };
}
