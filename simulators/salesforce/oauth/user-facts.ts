import { identityUrl } from "./users";
import type { Row } from "../model/types";
import type { Org } from "../org/org";

/** What the identity URL and `userinfo` both say about a user; groups are the members that stand together in both. */
export interface UserFacts {
  id: string;
  text: (field: string) => string | null;
  ids: object;
  mail: object;
  /** Where the APIs are, and how the user is set up. */
  setup: object;
  lastModified: string;
  photos: { picture: string; thumbnail: string };
}

/** @param version what takes the place of `{version}` in the addresses of the APIs */
export function userFacts(org: Org, row: Row, origin: string, version: string): UserFacts {
  const userId = String(row.Id);
  const text = (field: string): string | null => {
    const value = row[field];
    return typeof value === "string" ? value : null;
  };
  return {
    id: identityUrl(org, userId, origin),
    text,
    ids: { user_id: userId, organization_id: org.setup.organizationId },
    mail: { email: text("Email"), email_verified: true },
    setup: {
      urls: apiUrls(org, userId, origin, version),
      active: row.IsActive === true,
      user_type: (text("UserType") ?? "").toUpperCase(),
      language: text("LanguageLocaleKey"),
      locale: text("LocaleSidKey"),
      utcOffset: utcOffsetMs(text("TimeZoneSidKey") ?? "GMT", org.now()),
    },
    lastModified: `${(text("LastModifiedDate") ?? "").slice(0, 19)}Z`,
    photos: { picture: `${origin}/profilephoto/005/F`, thumbnail: `${origin}/profilephoto/005/T` },
  };
}

/** The addresses of the org's APIs, `{version}` left for the client to fill in unless it asked for one. */
function apiUrls(org: Org, userId: string, origin: string, version: string): Record<string, string> {
  const organizationId = org.setup.organizationId.slice(0, 15);
  const soap = (kind: string) => `${origin}/services/Soap/${kind}/${version}/${organizationId}`;
  const rest = `${origin}/services/data/v${version}/`;
  return {
    enterprise: soap("c"),
    metadata: soap("m"),
    partner: soap("u"),
    rest,
    sobjects: `${rest}sobjects/`,
    search: `${rest}search/`,
    query: `${rest}query/`,
    recent: `${rest}recent/`,
    tooling_soap: soap("T"),
    tooling_rest: `${rest}tooling/`,
    profile: `${origin}/${userId}`,
    feeds: `${rest}chatter/feeds`,
    groups: `${rest}chatter/groups`,
    users: `${rest}chatter/users`,
    feed_items: `${rest}chatter/feed-items`,
    feed_elements: `${rest}chatter/feed-elements`,
    custom_domain: origin,
  };
}

/** Milliseconds ahead of UTC in winter, when no summer time adds to it. */
function utcOffsetMs(timeZone: string, now: Date): number {
  const winter = new Date(Date.UTC(now.getUTCFullYear(), 0, 1));
  const parts = new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "longOffset" }).formatToParts(
    winter,
  );
  const name = parts.find(({ type }) => type === "timeZoneName")?.value ?? "GMT";
  const [, sign, hours = "0", minutes = "0"] = /GMT([+-])(\d{2}):(\d{2})/.exec(name) ?? [];
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}
