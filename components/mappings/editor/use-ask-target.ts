"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { askTarget, targetQuery } from "../queries";

/** Asks Salesforce for the fields of a mapping's object; results are tried again with them. */
export function useAskTarget(mappingId: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => askTarget(mappingId),
    onSuccess: async (fields) => {
      client.setQueryData(targetQuery(mappingId).queryKey, fields);
      await client.invalidateQueries({ queryKey: ["mappings", mappingId, "preview"] });
    },
  });
}
