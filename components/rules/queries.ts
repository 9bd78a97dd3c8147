import { queryOptions } from "@tanstack/react-query";
import type { RuleSettings } from "@/lib/core/connection-settings";
import type { MatchingSettings } from "@/lib/core/matching/settings";
import type { ContactKind } from "@/lib/core/words";
import type { MatchingTry } from "@/lib/comparison/matching-contract";
import type { RulesDetail } from "@/lib/connections/contract";
import { ApiError, apiGet, apiSend } from "../ui/api";

const pathOf = (institution: string) => `/api/connections/${encodeURIComponent(institution)}/rules`;

export const rulesQuery = (institution: string) =>
  queryOptions({
    queryKey: ["rules", institution],
    queryFn: ({ signal }) => apiGet<RulesDetail>(pathOf(institution), { signal }),
    // What is open for editing changes when the person says so, not when the window gets the focus.
    staleTime: Infinity,
  });

export interface RulesToSave {
  readonly revision: string;
  readonly settings: RuleSettings;
}

/** Answers with the rules as they are stored then. @throws ApiError 409 with `stored` of whoever saved in between */
export const saveRules = (institution: string, rules: RulesToSave) =>
  apiSend<RulesDetail>("PUT", pathOf(institution), rules);

/** What somebody else saved in between, when that is why a call failed. */
export function theirsOf(error: unknown): RulesDetail | null {
  if (!(error instanceof ApiError) || error.code !== "conflict") return null;
  return error.problem.stored as RulesDetail;
}

export interface RulesToTry {
  readonly kind: ContactKind;
  readonly matching: MatchingSettings;
}

/** What the rules would make of the latest contacts of a kind: Salesforce is asked. @throws ApiError */
export const tryMatching = (institution: string, rules: RulesToTry) =>
  apiSend<MatchingTry>("POST", `/api/connections/${encodeURIComponent(institution)}/matching-preview`, rules);
