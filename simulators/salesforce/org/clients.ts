/** An external client app that may ask this org for tokens, with the settings an admin gives it in Setup. */
export interface OAuthClient {
  clientId: string;
  /** Without one, the app is public: flows that need a secret refuse it. */
  clientSecret?: string;
  /** PEM public key or certificate that JWT assertions of this client are verified with. */
  publicKeyPem?: string;
  /** The user a client-credentials token acts as, and the only user pre-authorised for JWT. */
  username: string;
  /** What the consent page calls it; default the client id. */
  name?: string;
  /** Callback URLs, compared to the letter; `http://localhost:*\/path` stands for every port. Default none. */
  redirectUris?: readonly string[];
  /** "Selected OAuth Scopes"; default `api`, `web`, `id`, `openid`, `full`, `refresh_token`. */
  scopes?: readonly string[];
  /** "Require Secret" for the web server and the refresh token flow; default whether there is a secret. */
  requireSecret?: boolean;
  /** "Require Proof Key for Code Exchange"; default false. */
  requirePkce?: boolean;
  /** "Enable Refresh Token Rotation"; default false. */
  rotateRefreshTokens?: boolean;
  /** "Allow OAuth Username-Password Flows", which new orgs have off; default false. */
  allowPasswordFlow?: boolean;
}

export const INTEGRATION_USERNAME = "integration@myvenue.example";
export const ADMIN_USERNAME = "admin@myvenue.example";

/** Scopes of a client that names none. */
const DEFAULT_SCOPES: readonly string[] = ["api", "web", "id", "openid", "full", "refresh_token"];

/** The callback of Salesforce's command line, on any port and under both names of this machine. */
const DEFAULT_REDIRECT_URIS: readonly string[] = [
  "http://localhost:*/OauthRedirect",
  "http://127.0.0.1:*/OauthRedirect",
];

export const DEFAULT_CLIENT: OAuthClient = {
  clientId: "demo-client",
  clientSecret: "demo-secret",
  username: INTEGRATION_USERNAME,
  name: "Demo app",
  redirectUris: DEFAULT_REDIRECT_URIS,
};

export function scopesOf(client: OAuthClient): readonly string[] {
  return client.scopes ?? DEFAULT_SCOPES;
}

const ANY_PORT = /^(http:\/\/(?:localhost|127\.0\.0\.1)):\*(\/.*)$/;

/** Whether the client may be answered at this address. */
export function isRegisteredRedirect(client: OAuthClient, redirectUri: string): boolean {
  return (client.redirectUris ?? []).some((registered) => {
    const [, host, path] = ANY_PORT.exec(registered) ?? [];
    if (host === undefined || path === undefined) return registered === redirectUri;
    if (!redirectUri.startsWith(`${host}:`) || !redirectUri.endsWith(path)) return false;
    const port = redirectUri.slice(host.length + 1, redirectUri.length - path.length);
    return /^\d{1,5}$/.test(port);
  });
}

const SCRIPT_SCHEMES = new Set(["javascript:", "data:", "vbscript:", "file:"]);

/** Whether an address can be registered as a callback: absolute, no fragment, nothing that a browser would run. */
export function isRedirectUri(text: string): boolean {
  const [, host, path] = ANY_PORT.exec(text) ?? [];
  const address = host === undefined ? text : `${host}:1${path ?? ""}`;
  if (!URL.canParse(address)) return false;
  const { protocol, hash } = new URL(address);
  return hash === "" && !SCRIPT_SCHEMES.has(protocol);
}
