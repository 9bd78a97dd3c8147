"use client";

import { useCallback, useMemo, useState } from "react";
import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import type { SavedValueMap, ValueMapDetail } from "@/lib/mappings/value-map-contract";
import { useToast } from "../ui/toast";
import { problemSentence } from "../ui/problem";
import { openDraft, readDraft, stateOf, type Draft, type ReadDraft } from "./draft";
import { saveValueMap, theirsOf, valueMapQuery, valueMapsKey, type Place, type ToSave } from "./queries";
import { entriesOf, rebase } from "./rebase";
import { useUndo } from "./use-undo";
import { decidedText, decidedTitle, differencesOf, type Difference } from "./words";

export interface ValueMapEditor {
  readonly place: Place;
  /** As stored when it was opened or last saved from here. */
  readonly opened: ValueMapDetail;
  readonly draft: Draft;
  readonly edit: (change: (draft: Draft) => Draft) => void;
  readonly read: ReadDraft;
  /** How many codes, and the rule for others, differ from what is stored. */
  readonly changes: number;
  /** Something typed cannot be saved as it is; it is marked at its place. */
  readonly incomplete: boolean;
  readonly saving: boolean;
  /** Resolves with whether it is saved; the person was told. */
  readonly save: () => Promise<boolean>;
  readonly discard: () => void;
  /** Somebody else saved (or, null, removed it) in between: what they changed, and how what was changed here differs. */
  readonly theirs: {
    readonly stored: ValueMapDetail | null;
    readonly changed: readonly Difference[];
    readonly differences: readonly Difference[];
  } | null;
  readonly takeTheirs: () => void;
  readonly keepMine: () => void;
  /** Goes on from what was stored otherwise; what was changed here stays on top. */
  readonly accept: (saved: SavedValueMap) => void;
  /** The same after a decision about codes, which is told and can be taken back. */
  readonly decided: (saved: SavedValueMap, codes: readonly string[]) => void;
}

/** A value map, open for editing. */
export function useValueMap(place: Place): ValueMapEditor {
  const client = useQueryClient();
  const toast = useToast();
  const { data: opened } = useSuspenseQuery(valueMapQuery(place));
  const [typed, setTyped] = useState<Draft | null>(null);
  const [theirs, setTheirs] = useState<{ readonly stored: ValueMapDetail | null } | null>(null);
  const { mutateAsync, isPending } = useMutation({
    mutationFn: (map: ToSave) => saveValueMap(place, map),
  });

  const store = useCallback(
    (stored: ValueMapDetail) => {
      client.setQueryData(valueMapQuery(place).queryKey, stored);
      setTheirs(null);
      for (const part of ["list", "count", "inbox"])
        void client.invalidateQueries({ queryKey: [valueMapsKey, part] });
    },
    [client, place],
  );
  const accept = useCallback(
    ({ stored }: SavedValueMap) => {
      // An undo comes from a message of an earlier save: what is open now is what was typed on top of.
      const { entries } = client.getQueryData(valueMapQuery(place).queryKey) ?? stored;
      setTyped((draft) => draft && rebase(entries, stored.entries, draft));
      store(stored);
    },
    [client, place, store],
  );
  const tellSaved = useUndo(place, accept);

  const draft = useMemo(() => typed ?? openDraft(opened.entries), [typed, opened]);
  const read = useMemo(() => readDraft(draft), [draft]);
  const changes = useMemo(() => {
    const rows = draft.rows.filter((row) => stateOf(opened.entries, row) !== null).length;
    const rule = { ...opened.entries, otherwise: read.entries.otherwise };
    return rows + differencesOf(opened.entries, rule).length;
  }, [draft, read, opened]);

  const mine = theirs && (theirs.stored ? rebase(opened.entries, theirs.stored.entries, draft) : draft);
  const nothing = { values: {}, otherwise: opened.entries.otherwise };

  const save = async () => {
    try {
      // What somebody removed meanwhile is made anew, now that the person was told.
      const saved = await mutateAsync({ revision: opened.revision || null, entries: read.entries });
      store(saved.stored);
      setTyped(null);
      tellSaved(saved, opened);
      return true;
    } catch (error) {
      const other = theirsOf(error);
      if (other) setTheirs(other);
      else toast.error("The value map was not saved", problemSentence(error));
      return false;
    }
  };

  return {
    place,
    opened,
    draft,
    edit: (change) => setTyped((current) => change(current ?? openDraft(opened.entries))),
    read,
    changes,
    incomplete: read.problems.size > 0 || read.fallbackProblem !== undefined || read.tooMany,
    saving: isPending,
    save,
    discard: () => setTyped(null),
    theirs:
      theirs && mine
        ? {
            stored: theirs.stored,
            changed: theirs.stored ? differencesOf(opened.entries, theirs.stored.entries) : [],
            differences: differencesOf(theirs.stored?.entries ?? nothing, entriesOf(mine)),
          }
        : null,
    takeTheirs: () => {
      setTyped(null);
      if (theirs?.stored) store(theirs.stored);
    },
    keepMine: () => {
      if (!theirs || !mine) return;
      setTyped(theirs.stored ? mine : rebase(opened.entries, nothing, allChanged(draft)));
      store(theirs.stored ?? { ...opened, revision: 0, codes: 0, entries: nothing });
    },
    accept,
    decided: (saved, codes) => {
      accept(saved);
      const told = { title: decidedTitle(codes, saved), text: decidedText(saved) };
      // Undo puts back what was open here: not what somebody else saved since.
      if (saved.stored.revision === opened.revision + 1) tellSaved(saved, opened, told);
      else toast.success(told.title, told.text);
    },
  };
}

/** Every row as one that was added here: nothing is stored any more. */
function allChanged(draft: Draft): Draft {
  const rows = draft.rows.filter((row) => !row.removed).map((row) => ({ ...row, origin: null }));
  return { ...draft, rows };
}
