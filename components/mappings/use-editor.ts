"use client";

import { useCallback, useReducer, type Dispatch } from "react";
import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { sameMapping } from "@/lib/core/mapping/difference";
import type { MappingDocument } from "@/lib/core/mapping/document";
import type { DraftSummary, MappingDetail } from "@/lib/mappings/contract";
import { ApiError } from "../ui/api";
import { useToast } from "../ui/toast";
import {
  documentOf,
  editorReducer,
  onto,
  openEditor,
  type EditorAction,
  type EditorState,
  type SavedDraft,
} from "./editor-state";
import { mappingQuery, saveDraft } from "./queries";

export interface Editor {
  readonly mapping: MappingDetail;
  readonly state: EditorState;
  readonly dispatch: Dispatch<EditorAction>;
  /** The lines as typed. */
  readonly document: MappingDocument;
  readonly unsaved: boolean;
  /** Resolves with the revision that is stored, or null when nothing was (the person was told why). */
  readonly save: (over?: SavedDraft) => Promise<number | null>;
  readonly saving: boolean;
  /** Drops what was typed for what somebody else saved. */
  readonly takeTheirs: () => void;
  /** Reads the mapping again; the draft as stored replaces what was typed. */
  readonly reload: () => Promise<void>;
}

/** A mapping open for editing. */
export function useEditor(mappingId: number, actor: string): Editor {
  const client = useQueryClient();
  const toast = useToast();
  const { data: mapping, refetch } = useSuspenseQuery(mappingQuery(mappingId));
  const [state, dispatch] = useReducer(editorReducer, mapping, (loaded) => openEditor(savedDraftOf(loaded)));
  const document = documentOf(state);
  const { mutateAsync, isPending } = useMutation({
    mutationFn: (draft: { revision: number; document: MappingDocument }) => saveDraft(mappingId, draft),
  });

  const reload = useCallback(async () => {
    const { data } = await refetch();
    if (data) dispatch({ type: "loaded", saved: savedDraftOf(data) });
    await client.invalidateQueries({ queryKey: ["mappings", "of"] });
  }, [refetch, client]);

  const takeTheirs = useCallback(() => {
    dispatch({ type: "theirs-taken" });
    void refetch();
  }, [refetch]);

  const save = useCallback(
    async (over?: SavedDraft) => {
      const saved = over ?? state.saved;
      const sent = onto(saved.document, { filter: state.filter, sales: state.sales, lines: document.lines });
      try {
        const { revision } = await mutateAsync({ revision: saved.draft.revision, document: sent });
        const draft = { revision, by: actor, at: new Date().toISOString() };
        dispatch({ type: "saved", saved: { draft, document: sent } });
        await refetch();
        await client.invalidateQueries({ queryKey: ["mappings", "of"] });
        return revision;
      } catch (error) {
        const theirs = theirsOf(error);
        if (theirs) dispatch({ type: "refused", theirs });
        else toast.error("The draft was not saved", sentenceOf(error));
        return null;
      }
    },
    [state.saved, state.filter, state.sales, document.lines, mutateAsync, actor, refetch, client, toast],
  );

  const unsaved = !sameMapping(state.saved.document, document);
  return { mapping, state, dispatch, document, unsaved, save, saving: isPending, takeTheirs, reload };
}

function savedDraftOf({ draft, draftDocument }: MappingDetail): SavedDraft {
  return { draft, document: draftDocument };
}

/** What somebody else saved in between, when that is why a call failed. */
export function theirsOf(error: unknown): SavedDraft | null {
  if (!(error instanceof ApiError) || error.code !== "conflict") return null;
  const { draft, document } = error.problem;
  return { draft: draft as DraftSummary, document: document as MappingDocument };
}

function sentenceOf(error: unknown): string {
  return error instanceof ApiError
    ? error.detail
    : "The page met an error of its own. Your text is still here.";
}
