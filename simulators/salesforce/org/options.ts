import { DEFAULT_CLIENT, type OAuthClient } from "./clients";
import type { IntegrationAccess } from "../access/seed-permissions";
import { resolveBulkOptions, type BulkOptions, type BulkSettings } from "../bulk/settings";
import type { OrgShape } from "../model/schema";

/** How an org starts; everything has a default, so `{}` is a person-account org with our package unprefixed. */
export interface OrgOptions {
  personAccounts?: boolean;
  /** `secutix__` or empty. */
  prefix?: string;
  secutixPackage?: boolean;
  /** CurrencyIsoCode on records; CHF is the corporate currency, EUR, GBP and USD are active besides. */
  multiCurrency?: boolean;
  /** Countries and states as codes from a list, in step with the texts. */
  stateCountryPicklists?: boolean;
  /** The same seed and the same calls give the same record ids. */
  seed?: number;
  latencyMs?: number;
  clients?: OAuthClient[];
  /** Daily API requests before 403 REQUEST_LIMIT_EXCEEDED. */
  dailyApiRequests?: number;
  /** How line breaks of text areas are stored. */
  lineEnds?: "lf" | "crlf";
  /** Calls longer than `longRequestMs` that may be under way at once; the next is refused. */
  concurrentLongRequests?: number;
  /** When a call counts as long; Salesforce's is 20 seconds. */
  longRequestMs?: number;
  /** Inactivity that ends a session; Salesforce's default is two hours. */
  sessionTimeoutMinutes?: number;
  /** What every user of the org signs in with on the login page. */
  userPassword?: string;
  /** What the integration user may see and change: all that the org starts with, or nothing until it is granted. */
  integrationAccess?: IntegrationAccess;
  /** How fast Bulk jobs are worked through, and their daily allowances. */
  bulk?: BulkOptions;
}

export interface ResolvedOrgOptions {
  shape: OrgShape;
  seed: number;
  latencyMs: number;
  clients: OAuthClient[];
  dailyApiRequests: number;
  lineEnds: "lf" | "crlf";
  concurrentLongRequests: number;
  longRequestMs: number;
  sessionTimeoutMinutes: number;
  userPassword: string;
  integrationAccess: IntegrationAccess;
  bulk: BulkSettings;
}

export function resolveOptions(options: OrgOptions): ResolvedOrgOptions {
  return {
    shape: {
      personAccounts: options.personAccounts ?? true,
      prefix: options.prefix ?? "",
      secutixPackage: options.secutixPackage ?? true,
      multiCurrency: options.multiCurrency ?? false,
      stateCountryPicklists: options.stateCountryPicklists ?? false,
    },
    seed: options.seed ?? 1,
    latencyMs: options.latencyMs ?? 0,
    clients: options.clients ?? [DEFAULT_CLIENT],
    dailyApiRequests: options.dailyApiRequests ?? 100_000,
    lineEnds: options.lineEnds ?? "lf",
    concurrentLongRequests: options.concurrentLongRequests ?? 25,
    longRequestMs: options.longRequestMs ?? 20_000,
    sessionTimeoutMinutes: options.sessionTimeoutMinutes ?? 120,
    userPassword: options.userPassword ?? "demo-password",
    integrationAccess: options.integrationAccess ?? "full",
    bulk: resolveBulkOptions(options.bulk),
  };
}
