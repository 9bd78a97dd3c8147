import { withAnswer, type AuthorizeRequest } from "./authorize-request";
import { browserCookie, readBrowserToken } from "./browser-sign-ins";
import { consentPage } from "./consent-page";
import { OAuthError, RedirectedError } from "./errors";
import { expiredPage, oauthErrorPage } from "./error-pages";
import { loginPage } from "./login-page";
import { parametersOf, type OAuthReply, type OAuthRequest } from "./messages";
import type { PendingAuthorization } from "./pending-authorizations";
import { readAuthorizeRequest } from "./read-authorize-request";
import { isActiveUser, signedInUserId } from "./users";
import type { Org } from "../org/org";

const WRONG_PASSWORD =
  "Please check your username and password. If you still can't log in, contact your Salesforce administrator.";

/** `/services/oauth2/authorize`: the request of an app, then the forms that a person sends back. */
export function authorize(org: Org, request: OAuthRequest): OAuthReply {
  const parameters = parametersOf(request);
  try {
    if (request.method === "POST" && parameters.has("transaction")) return proceed(org, request, parameters);
    return begin(org, request, parameters);
  } catch (error) {
    if (error instanceof OAuthError) return page(error.status, oauthErrorPage(error));
    if (error instanceof RedirectedError) {
      const { error: code, description, state } = error;
      return redirect(withAnswer(error.redirectUri, { error: code, error_description: description, state }));
    }
    throw error;
  }
}

function begin(org: Org, request: OAuthRequest, parameters: URLSearchParams): OAuthReply {
  const asked = readAuthorizeRequest(org, parameters);
  const now = org.now();
  const { sessions } = org;
  const browser = readBrowserToken(request.headers.cookie) ?? sessions.signIns.newToken();
  const signedIn = sessions.signIns.userOf(browser, now);
  const userId =
    signedIn !== undefined && !asked.mustLogIn && isActiveUser(org, signedIn) ? signedIn : undefined;
  if (userId !== undefined && isApproved(org, asked, userId))
    return redirect(codeLocation(org, asked, userId));
  if (asked.isImmediate) {
    const { redirectUri, state } = asked;
    throw new RedirectedError(redirectUri, "immediate_unsuccessful", "unsuccessful", state);
  }
  const transaction = sessions.pending.start(asked, browser, userId, now);
  return userId === undefined
    ? page(200, loginPage({ transaction, username: asked.loginHint }), browser)
    : page(200, consentPage(org, { transaction, asked, userId, again: againUrl(parameters) }), browser);
}

/** What a person sends back: name and password, or Allow and Deny. */
function proceed(org: Org, request: OAuthRequest, form: URLSearchParams): OAuthReply {
  const browser = readBrowserToken(request.headers.cookie) ?? "";
  const pending = org.sessions.pending.find(form.get("transaction") ?? "", browser, org.now());
  if (!pending) return page(400, expiredPage());
  if (!form.has("decision")) return logIn(org, pending, form);
  if (pending.userId === undefined) return page(400, expiredPage());
  pending.answer ??= decide(org, pending.request, pending.userId, form.get("decision") === "allow");
  return redirect(pending.answer);
}

function decide(org: Org, asked: AuthorizeRequest, userId: string, isAllowed: boolean): string {
  const { redirectUri, clientId, scopes, state } = asked;
  if (!isAllowed) {
    const denial = { error: "access_denied", error_description: "end-user denied authorization", state };
    return withAnswer(redirectUri, denial);
  }
  org.sessions.approvals.allow(userId, clientId, scopes);
  return codeLocation(org, asked, userId);
}

function logIn(org: Org, pending: PendingAuthorization, form: URLSearchParams): OAuthReply {
  const transaction = form.get("transaction") ?? "";
  const username = form.get("username") ?? "";
  const userId = signedInUserId(org, username, form.get("password") ?? "");
  if (userId === undefined) return page(200, loginPage({ transaction, username, error: WRONG_PASSWORD }));
  const { sessions } = org;
  const { request: asked } = pending;
  const now = org.now();
  const browser = sessions.signIns.signIn(userId, now, now.getTime() + sessions.timeoutMs);
  if (isApproved(org, asked, userId)) return redirect(codeLocation(org, asked, userId), browser);
  const next = sessions.pending.start(asked, browser, userId, org.now());
  return page(200, consentPage(org, { transaction: next, asked, userId, again: undefined }), browser);
}

function isApproved(org: Org, asked: AuthorizeRequest, userId: string): boolean {
  return !asked.mustConsent && org.sessions.approvals.covers(userId, asked.clientId, asked.scopes);
}

/** The app's address with a new code. */
function codeLocation(org: Org, asked: AuthorizeRequest, userId: string): string {
  const { clientId, redirectUri, scopes, codeChallenge, nonce, state } = asked;
  const grant = { clientId, userId, redirectUri, scopes, codeChallenge, nonce };
  return withAnswer(redirectUri, { code: org.sessions.codes.issue(grant, org.now()), state });
}

function redirect(location: string, browserToken?: string): OAuthReply {
  return { status: 302, headers: { Location: location, ...cookieHeader(browserToken) } };
}

function cookieHeader(browserToken: string | undefined): Record<string, string> {
  return browserToken === undefined ? {} : { "Set-Cookie": browserCookie(browserToken) };
}

/** The same request with another user. */
function againUrl(parameters: URLSearchParams): string {
  const again = new URLSearchParams(parameters);
  again.set("prompt", "login");
  return `/services/oauth2/authorize?${again.toString()}`;
}

/** A page that cannot be framed and runs nothing. Forms may lead away: that is how the app gets its answer. */
function page(status: number, html: string, browserToken?: string): OAuthReply {
  return {
    status,
    html,
    headers: {
      "Content-Security-Policy":
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; frame-ancestors 'none'",
      "X-Frame-Options": "DENY",
      "Referrer-Policy": "no-referrer",
      ...cookieHeader(browserToken),
    },
  };
}
