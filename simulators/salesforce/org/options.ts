import { DEFAULT_CLIENT, type OAuthClient } from "./clients";
import type { OrgShape } from "../model/schema";

/** How an org starts; everything has a default, so `{}` is a person-account org with our package unprefixed. */
export interface OrgOptions {
  personAccounts?: boolean;
  /** `secutix__` or empty. */
  prefix?: string;
  secutixPackage?: boolean;
  multiCurrency?: boolean;
  stateCountryPicklists?: boolean;
  /** The same seed and the same calls give the same record ids. */
  seed?: number;
  latencyMs?: number;
  clients?: OAuthClient[];
  /** Daily API requests before 403 REQUEST_LIMIT_EXCEEDED. */
  dailyApiRequests?: number;
  /** How line breaks of text areas are stored. */
  lineEnds?: "lf" | "crlf";
}

export interface ResolvedOrgOptions {
  shape: OrgShape;
  seed: number;
  latencyMs: number;
  clients: OAuthClient[];
  dailyApiRequests: number;
  lineEnds: "lf" | "crlf";
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
  };
}
