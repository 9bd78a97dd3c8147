import { refusal, sessionOrRefusal } from "./identity";
import { parametersOf, type OAuthReply, type OAuthRequest } from "./messages";
import { userFacts } from "./user-facts";
import { userRow } from "./users";
import type { Org } from "../org/org";

/** `/services/oauth2/userinfo` (Salesforce help, "Query for User Information"): the session's own user. */
export function userInfo(org: Org, request: OAuthRequest): OAuthReply {
  const session = sessionOrRefusal(org, request);
  if ("status" in session) return session;
  const row = userRow(org, session.userId);
  if (!row) return refusal(404, "Bad_Id");
  if ((parametersOf(request).get("format") ?? "json") !== "json") return refusal(406, "Invalid_Format");
  const facts = userFacts(org, row, request.origin, "{version}");
  const { id, ids, text, mail, setup, lastModified, photos } = facts;
  return {
    status: 200,
    body: {
      sub: id,
      ...ids,
      preferred_username: text("Username"),
      nickname: text("CommunityNickname") ?? text("Alias"),
      name: text("Name"),
      ...mail,
      given_name: text("FirstName"),
      family_name: text("LastName"),
      zoneinfo: text("TimeZoneSidKey"),
      photos,
      profile: `${request.origin}/${session.userId}`,
      picture: photos.picture,
      address: {},
      is_salesforce_integration_user: false,
      ...setup,
      updated_at: lastModified,
      is_app_installed: true,
    },
  };
}
