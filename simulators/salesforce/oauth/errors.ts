/** A refusal of the OAuth endpoints: `{ error, error_description }`, by default with status 400. */
export class OAuthError extends Error {
  constructor(
    readonly error: string,
    readonly description: string,
    readonly status = 400,
  ) {
    super(`${error}: ${description}`);
  }

  get body(): { error: string; error_description: string } {
    return { error: this.error, error_description: this.description };
  }

  /** The same as a form: what `/revoke` answers with and what error pages show. */
  get formText(): string {
    return `error=${encodeURIComponent(this.error)}&error_description=${encodeURIComponent(this.description)}`;
  }
}

/** A refusal that the app is told about at its own, registered address. */
export class RedirectedError extends Error {
  constructor(
    readonly redirectUri: string,
    readonly error: string,
    readonly description: string,
    readonly state: string | undefined,
  ) {
    super(`${error}: ${description}`);
  }
}

export function invalidGrant(description: string): OAuthError {
  return new OAuthError("invalid_grant", description);
}
