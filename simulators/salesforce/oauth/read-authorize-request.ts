import type { AuthorizeRequest } from "./authorize-request";
import { OAuthError, RedirectedError } from "./errors";
import { requestedScopes } from "./scopes";
import { isRegisteredRedirect, type OAuthClient } from "../org/clients";
import type { Org } from "../org/org";

const PROMPTS = new Set(["login", "consent", "select_account", "none"]);
const DISPLAYS = new Set(["page", "popup", "touch", "mobile"]);

/**
 * Checks a request of the web server flow (Salesforce help, "OAuth 2.0 Web Server Flow for Web App Integration").
 * @throws OAuthError where the app cannot be trusted with an answer: unknown client, wrong redirect_uri, a scope that
 * is not the app's
 * @throws RedirectedError for all else, told to the app
 */
export function readAuthorizeRequest(org: Org, parameters: URLSearchParams): AuthorizeRequest {
  const client = org.clients.get(parameters.get("client_id") ?? "");
  if (!client) throw new OAuthError("invalid_client_id", "client identifier invalid");
  const redirectUri = parameters.get("redirect_uri") ?? "";
  if (redirectUri === "") throw new OAuthError("redirect_uri_missing", "redirect_uri not provided");
  if (!isRegisteredRedirect(client, redirectUri) || !URL.canParse(redirectUri)) {
    throw new OAuthError("redirect_uri_mismatch", "redirect_uri must match configuration");
  }
  const scopes = requestedScopes(client, parameters.get("scope"));
  const state = parameters.get("state") ?? undefined;
  const refuse = (error: string, description: string): never => {
    throw new RedirectedError(redirectUri, error, description, state);
  };
  if (parameters.get("response_type") !== "code") {
    refuse("unsupported_response_type", "response type not supported");
  }
  if (!DISPLAYS.has(parameters.get("display") ?? "page")) {
    refuse("invalid_request", "display not supported");
  }
  const prompts = (parameters.get("prompt") ?? "").split(/\s+/).filter((prompt) => prompt !== "");
  if (!prompts.every((prompt) => PROMPTS.has(prompt))) refuse("invalid_request", "prompt not supported");
  return {
    clientId: client.clientId,
    redirectUri,
    scopes,
    state,
    codeChallenge: codeChallenge(client, parameters, refuse),
    nonce: parameters.get("nonce") ?? undefined,
    loginHint: parameters.get("login_hint") ?? "",
    mustLogIn: prompts.includes("login") || prompts.includes("select_account"),
    mustConsent: prompts.includes("consent"),
    isImmediate: prompts.includes("none") || parameters.get("immediate") === "true",
  };
}

/** Salesforce knows S256 alone, and takes it for granted where no method is named. */
function codeChallenge(
  client: OAuthClient,
  parameters: URLSearchParams,
  refuse: (error: string, description: string) => never,
): string | undefined {
  const challenge = parameters.get("code_challenge") || undefined;
  if (challenge === undefined && client.requirePkce) {
    return refuse("invalid_request", "missing required code challenge");
  }
  if ((parameters.get("code_challenge_method") ?? "S256") !== "S256") {
    return refuse("invalid_request", "code challenge method not supported");
  }
  return challenge;
}
