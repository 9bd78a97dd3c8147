"use client";

import { useCallback, useReducer, type Dispatch } from "react";
import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import type { MappingDocument } from "@/lib/core/mapping/document";
import type { DraftSummary, MappingDetail } from "@/lib/mappings/contract";
import { ApiError } from "../../ui/api";
import { useToast } from "../../ui/toast";
import {
  documentOf,
  editorReducer,
  isUnsaved,
  openEditor,
  type EditorAction,
  type EditorState,
  type Restored,
  type SavedDraft,
} from "../draft/editor-state";
import { mappingQuery, saveDraft } from "../queries";

export interface Editor {
  readonly mapping: MappingDetail;
  /** Who is signed in, as drafts name people. */
  readonly actor: string;
  readonly state: EditorState;
  readonly dispatch: Dispatch<EditorAction>;
  /** The lines as typed. */
  readonly document: MappingDocument;
  readonly unsaved: boolean;
  /** Resolves with the revision that is stored, or null when nothing was (the person was told why). */
  readonly save: () => Promise<number | null>;
  readonly saving: boolean;
  /** The saved draft goes back to what is published, as a step that can be undone. */
  readonly discardDraft: () => Promise<void>;
  /** Reads the mapping again. */
  readonly reload: (restored?: Restored) => Promise<void>;
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

  const reload = useCallback(
    async (restored?: Restored) => {
      const { data } = await refetch();
      if (data) dispatch({ type: "loaded", saved: savedDraftOf(data), restored });
      await client.invalidateQueries({ queryKey: ["mappings", "of"] });
    },
    [refetch, client],
  );

  /** Stores a document over the draft that was opened; null when somebody was faster or it failed. */
  const store = useCallback(
    async (sent: MappingDocument): Promise<SavedDraft | null> => {
      try {
        const { revision } = await mutateAsync({ revision: state.saved.draft.revision, document: sent });
        return { draft: { revision, by: actor, at: new Date().toISOString() }, document: sent };
      } catch (error) {
        const theirs = theirsOf(error);
        if (theirs) dispatch({ type: "overtaken", theirs, isRefusal: true });
        else toast.error("The draft was not saved", sentenceOf(error));
        return null;
      }
    },
    [state.saved, mutateAsync, actor, toast],
  );
  const tellOthers = useCallback(async () => {
    await refetch();
    await client.invalidateQueries({ queryKey: ["mappings", "of"] });
  }, [refetch, client]);

  const save = async () => {
    const stored = await store(document);
    if (!stored) return null;
    dispatch({ type: "saved", saved: stored });
    await tellOthers();
    return stored.draft.revision;
  };

  const discardDraft = async () => {
    const { published, publishedDocument } = mapping;
    const stored = publishedDocument && (await store(publishedDocument));
    if (!stored) return;
    const what = `The draft is back to version ${published?.number}`;
    dispatch({ type: "discarded", saved: stored, what });
    await tellOthers();
  };

  const unsaved = isUnsaved(state);
  return {
    ...{ mapping, actor, state, dispatch, document, unsaved },
    ...{ save, saving: isPending, discardDraft, reload },
  };
}

export function savedDraftOf({ draft, draftDocument }: MappingDetail): SavedDraft {
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
