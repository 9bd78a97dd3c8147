import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { StoredGrant } from "@/lib/budget/contract";
import type { DailyCalls } from "@/lib/core/budget/grant";
import { ApiError, apiSend } from "../ui/api";
import { statusQuery } from "./queries";

const pathOf = (institution: string) =>
  `/api/connections/${encodeURIComponent(institution)}/salesforce-calls`;

/** Saves what was opened at a revision; refused when somebody saved in between. */
export function useGrantCalls(institution: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (grant: { readonly revision: string; readonly dailyCalls: DailyCalls }) =>
      apiSend<StoredGrant>("PUT", pathOf(institution), grant),
    onSettled: () => queries.invalidateQueries({ queryKey: statusQuery(institution).queryKey }),
  });
}

/** What somebody else granted in between, when that is why a save failed. */
export function theirGrant(error: unknown): StoredGrant | null {
  if (!(error instanceof ApiError) || error.code !== "conflict") return null;
  return error.problem.stored as StoredGrant;
}
