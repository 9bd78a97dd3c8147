import { bearerToken, sessionOfToken } from "./bearer";
import { parametersOf, type OAuthReply, type OAuthRequest } from "./messages";
import { userFacts } from "./user-facts";
import { isActiveUser, userRow } from "./users";
import { normaliseId } from "../org/ids";
import type { Org } from "../org/org";
import type { Session } from "../org/sessions";
import { NEWEST_VERSION, OLDEST_VERSION } from "../resources/version-changes";

/** A refusal of the identity URL or of `userinfo`: a single word (Salesforce help, "Identity URLs"). */
export function refusal(status: number, word: string): OAuthReply {
  return { status, text: word, contentType: "text/html;charset=UTF-8" };
}

/** The session of a request that may carry its token in the header or as a parameter; a refusal when it has none. */
export function sessionOrRefusal(org: Org, request: OAuthRequest): Session | OAuthReply {
  const parameters = parametersOf(request);
  const token =
    bearerToken(request.headers.authorization) ??
    parameters.get("oauth_token") ??
    parameters.get("access_token");
  if (!token) return refusal(403, "Missing_OAuth_Token");
  return sessionOfToken(org, token) ?? refusal(403, "Bad_OAuth_Token");
}

/** `/id/<organisation>/<user>`: the identity URL. */
export function identity(
  org: Org,
  request: OAuthRequest,
  organizationText: string,
  userText: string,
): OAuthReply {
  const session = sessionOrRefusal(org, request);
  if ("status" in session) return session;
  const userId = normaliseId(userText) ?? "";
  const row = userRow(org, userId);
  if (normaliseId(organizationText) !== org.setup.organizationId || !row) return refusal(404, "Bad_Id");
  if (!isActiveUser(org, userId)) return refusal(404, "Inactive");
  const parameters = parametersOf(request);
  if (parameters.has("callback")) return refusal(406, "Invalid_Callback");
  if ((parameters.get("format") ?? "json") !== "json") return refusal(406, "Invalid_Format");
  const version = versionText(parameters.get("version"));
  if (version === undefined) return refusal(406, "Invalid_Version");
  const { id, ids, text, mail, setup, lastModified, photos } = userFacts(org, row, request.origin, version);
  return {
    status: 200,
    body: {
      id,
      asserted_user: session.userId === userId,
      ...ids,
      username: text("Username"),
      nick_name: text("CommunityNickname") ?? text("Alias"),
      display_name: text("Name"),
      ...mail,
      first_name: text("FirstName"),
      last_name: text("LastName"),
      timezone: text("TimeZoneSidKey"),
      photos,
      addr_street: text("Street"),
      addr_city: text("City"),
      addr_state: text("State"),
      addr_country: text("Country"),
      addr_zip: text("PostalCode"),
      mobile_phone: text("MobilePhone"),
      mobile_phone_verified: false,
      is_lightning_login_user: false,
      status: { created_date: null, body: null },
      ...setup,
      last_modified_date: lastModified,
      is_app_installed: true,
    },
  };
}

/** What takes the place of `{version}` in the addresses; undefined when there is no such version. */
function versionText(asked: string | null): string | undefined {
  if (asked === null) return "{version}";
  if (asked === "latest") return `${NEWEST_VERSION}.0`;
  const [, number] = /^(\d{2})(?:\.0)?$/.exec(asked) ?? [];
  const version = Number(number);
  return version >= OLDEST_VERSION && version <= NEWEST_VERSION ? `${version}.0` : undefined;
}
