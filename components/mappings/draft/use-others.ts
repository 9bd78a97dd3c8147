"use client";

import { useEffect } from "react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { draftQuery, mappingQuery } from "../queries";
import { savedDraftOf, type Editor } from "../editor/use-editor";

/** Notices soon when somebody else saves the draft that is open. */
export function useOthers({ mapping, state, dispatch, saving }: Editor): void {
  const client = useQueryClient();
  const { data: latest } = useQuery(draftQuery(mapping.id));
  const known = Math.max(state.saved.draft.revision, state.theirs?.draft.revision ?? 0);
  const isOvertaken = latest !== undefined && latest.revision > known && !saving;
  useEffect(() => {
    if (!isOvertaken) return;
    let isCurrent = true;
    // Aside: what is open stays as it was opened until the person takes it in.
    const read = client.fetchQuery({ ...mappingQuery(mapping.id), staleTime: 0 });
    read.then(
      (stored) =>
        isCurrent && dispatch({ type: "overtaken", theirs: savedDraftOf(stored), isRefusal: false }),
      () => undefined,
    );
    return () => {
      isCurrent = false;
    };
  }, [isOvertaken, latest?.revision, client, mapping.id, dispatch]);
}
