import { refusal, sessionOrRefusal } from "./identity";
import { parametersOf, type OAuthReply, type OAuthRequest } from "./messages";
import { apiUrls, userFacts } from "./user-facts";
import { userRow } from "./users";
import type { Org } from "../org/org";

/** `/services/oauth2/userinfo` (Salesforce help, "Query for User Information"): the session's own user. */
export function userInfo(org: Org, request: OAuthRequest): OAuthReply {
  const session = sessionOrRefusal(org, request);
  if ("status" in session) return session;
  const row = userRow(org, session.userId);
  if (!row) return refusal(404, "Bad_Id");
  if ((parametersOf(request).get("format") ?? "json") !== "json") return refusal(406, "Invalid_Format");
  const { id, text, isActive, userType, utcOffsetMs, lastModified, photos } = userFacts(
    org,
    row,
    request.origin,
  );
  return {
    status: 200,
    body: {
      sub: id,
      user_id: session.userId,
      organization_id: org.setup.organizationId,
      preferred_username: text("Username"),
      nickname: text("CommunityNickname") ?? text("Alias"),
      name: text("Name"),
      email: text("Email"),
      email_verified: true,
      given_name: text("FirstName"),
      family_name: text("LastName"),
      zoneinfo: text("TimeZoneSidKey"),
      photos,
      profile: `${request.origin}/${session.userId}`,
      picture: photos.picture,
      address: {},
      is_salesforce_integration_user: false,
      urls: apiUrls(org, session.userId, request.origin, "{version}"),
      active: isActive,
      user_type: userType,
      language: text("LanguageLocaleKey"),
      locale: text("LocaleSidKey"),
      utcOffset: utcOffsetMs,
      updated_at: lastModified,
      is_app_installed: true,
    },
  };
}
