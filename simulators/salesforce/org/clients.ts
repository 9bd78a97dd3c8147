/** An external client app that may ask this org for tokens. */
export interface OAuthClient {
  clientId: string;
  clientSecret?: string;
  /** PEM public key or certificate that JWT assertions of this client are verified with. */
  publicKeyPem?: string;
  /** The user a client-credentials token acts as, and the only user pre-authorised for JWT. */
  username: string;
}

export const INTEGRATION_USERNAME = "integration@myvenue.example";
export const ADMIN_USERNAME = "admin@myvenue.example";

export const DEFAULT_CLIENT: OAuthClient = {
  clientId: "demo-client",
  clientSecret: "demo-secret",
  username: INTEGRATION_USERNAME,
};
