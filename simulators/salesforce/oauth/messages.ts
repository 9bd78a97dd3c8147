/** A request to one of the OAuth endpoints. */
export interface OAuthRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  /** Names in lower case. */
  headers: Readonly<Record<string, string | undefined>>;
  bodyText: string;
  /** `http://127.0.0.1:4610`, the org's My Domain. */
  origin: string;
}

export interface OAuthReply {
  status: number;
  /** Answered as JSON. */
  body?: unknown;
  /** Answered as it is, in place of `body`. */
  text?: string;
  /** Of `text`. */
  contentType?: string;
  html?: string;
  headers?: Record<string, string>;
}

/** The parameters of a request, from its body and its address; those of the body come first. */
export function parametersOf(request: OAuthRequest): URLSearchParams {
  const parameters = new URLSearchParams(request.bodyText);
  for (const [name, value] of request.query) parameters.append(name, value);
  return parameters;
}
