/** A valid request to `/services/oauth2/authorize`. */
export interface AuthorizeRequest {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  readonly state: string | undefined;
  readonly codeChallenge: string | undefined;
  readonly nonce: string | undefined;
  readonly loginHint: string;
  /** Ask for the password although somebody is signed in. */
  readonly mustLogIn: boolean;
  /** Ask for consent although it was given. */
  readonly mustConsent: boolean;
  /** Show no page: answer at once or not at all. */
  readonly isImmediate: boolean;
}

/** The address of the app with an answer in its query. */
export function withAnswer(
  redirectUri: string,
  answer: Readonly<Record<string, string | undefined>>,
): string {
  const url = new URL(redirectUri);
  for (const [name, value] of Object.entries(answer)) {
    if (value !== undefined) url.searchParams.append(name, value);
  }
  return url.href;
}
