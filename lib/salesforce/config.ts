/** What an adapter of one org is opened with: everything it knows comes through here. */
import type { Outbound } from "@/lib/core/outbound";
import type { SchemaCache } from "./schema-cache";

/** How the connector signs in (salesforce.md §3.1). Secrets are plain text here and go nowhere else. */
export type SignIn =
  | { readonly flow: "client-credentials"; readonly clientId: string; readonly clientSecret: string }
  | {
      readonly flow: "jwt";
      readonly clientId: string;
      /** The user the connector acts as. */
      readonly username: string;
      /** RSA private key in PEM, PKCS#8 or PKCS#1. */
      readonly privateKey: string;
    };

export interface OutwardCall {
  readonly system: "salesforce";
  /** The org's calls in the last 24 hours and its allowance, where the answer said so. */
  readonly orgUsed: number | null;
  readonly orgLimit: number | null;
}

export interface SalesforceConfig {
  /** The org's My Domain, `https://venue.my.salesforce.com`. */
  readonly loginUrl: string;
  /** `62.0` */
  readonly apiVersion: string;
  readonly signIn: SignIn;
  /** Whether records are written though a duplicate rule of the org alerts; unless given, a person is asked. */
  readonly duplicateAlerts?: "review" | "pass";
  /** Waits until one more outward call is allowed; asked before every call, sign-in included. */
  readonly takeToken: () => Promise<void>;
  /** Told of every outward call, answered or not. */
  readonly onCall?: (call: OutwardCall) => void;
  /** Where describes are kept between calls; without it they are kept in memory for ten minutes. */
  readonly cache?: SchemaCache;
  /** The way through a proxy, where there is one. */
  readonly outbound?: Outbound | null;
  readonly timeoutMs?: number;
  readonly now?: () => number;
}

export const DEFAULT_TIMEOUT_MS = 60_000;
