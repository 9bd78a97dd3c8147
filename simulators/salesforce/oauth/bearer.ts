import { allowsRestApi } from "./scopes";
import { isActiveUser } from "./users";
import { ApiError } from "../http/errors";
import type { Org } from "../org/org";
import type { Session } from "../org/sessions";

/** The token of an `Authorization: Bearer …` (or `OAuth …`) header. */
export function bearerToken(authorization: string | undefined): string | undefined {
  return /^(?:Bearer|OAuth)\s+(\S+)$/i.exec(authorization ?? "")?.[1];
}

/**
 * The session of a call to the REST API, if it is valid and its user still is.
 * @throws ApiError 401 for a session without the scope `api`, in the words that tell clients not to renew it
 */
export function sessionOf(org: Org, authorization: string | undefined): Session | undefined {
  const session = sessionOfToken(org, bearerToken(authorization) ?? "");
  if (session && !allowsRestApi(session.scopes)) {
    throw new ApiError(401, "INVALID_SESSION_ID", "This session is not valid for use with the REST API");
  }
  return session;
}

export function sessionOfToken(org: Org, token: string): Session | undefined {
  const session = org.sessions.find(token);
  return session && isActiveUser(org, session.userId) ? session : undefined;
}
