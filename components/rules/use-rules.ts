"use client";

import { useCallback, useState } from "react";
import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import type { RulesDetail } from "@/lib/connections/contract";
import { useToast } from "../ui/toast";
import { ruleChanges, typedChanges, type RuleChange } from "./changes";
import { openDraft, readDraft, type DraftProblems, type RulesDraft } from "./draft";
import { rebase } from "./rebase";
import { rulesProblem } from "./problem-words";
import { rulesQuery, saveRules, theirsOf, type RulesToSave } from "./queries";
import { useConditions, type ConditionWarning } from "./use-condition";
import { useUndo } from "./use-undo";

export interface RulesEditor {
  /** As stored when they were opened or last saved from here. */
  readonly opened: RulesDetail;
  readonly draft: RulesDraft;
  readonly edit: (change: (draft: RulesDraft) => RulesDraft) => void;
  readonly problems: DraftProblems;
  /** What saving would change. */
  readonly changes: readonly RuleChange[];
  readonly unsaved: boolean;
  /** Something typed cannot be saved as it is; it is marked at its place. */
  readonly incomplete: boolean;
  /** What can be saved, and yet is hardly meant. */
  readonly warnings: readonly ConditionWarning[];
  readonly saving: boolean;
  /** Resolves with whether they are saved; the person was told. */
  readonly save: () => Promise<boolean>;
  /** What somebody else saved in between, and what was changed here besides. */
  readonly theirs: { readonly stored: RulesDetail; readonly differences: readonly RuleChange[] } | null;
  /** Both go on from what somebody else saved, without or with what was changed here. */
  readonly takeTheirs: () => void;
  readonly keepMine: () => void;
  readonly discard: () => void;
}

/** The rules of a connection, open for editing. */
export function useRules(institution: string): RulesEditor {
  const client = useQueryClient();
  const toast = useToast();
  const { data: opened } = useSuspenseQuery(rulesQuery(institution));
  const [typed, setTyped] = useState<RulesDraft | null>(null);
  const [theirs, setTheirs] = useState<RulesDetail | null>(null);
  const { mutateAsync, isPending } = useMutation({
    mutationFn: (rules: RulesToSave) => saveRules(institution, rules),
  });
  const accept = useCallback(
    (stored: RulesDetail) => {
      client.setQueryData(rulesQuery(institution).queryKey, stored);
      setTheirs(null);
    },
    [client, institution],
  );
  const offerUndo = useUndo(
    institution,
    useCallback(
      (stored: RulesDetail) => {
        // What was typed since the save stays, on top of what is open now.
        const { settings } = client.getQueryData(rulesQuery(institution).queryKey) ?? stored;
        setTyped((draft) => draft && rebase(settings, stored.settings, draft));
        accept(stored);
      },
      [client, institution, accept],
    ),
  );

  const draft = typed ?? openDraft(opened.settings);
  const { settings, problems } = readDraft(draft);
  const changes = typedChanges(opened.settings, draft);
  const { broken, warnings } = useConditions(settings.rules, opened.fields);
  const incomplete = broken || Object.keys(problems).length > 0;
  const unsaved = changes.length > 0 || Object.keys(problems).length > 0;
  const rebased = theirs && rebase(opened.settings, theirs.settings, draft);

  const save = async () => {
    try {
      const stored = await mutateAsync({ revision: opened.revision, settings });
      accept(stored);
      setTyped(null);
      offerUndo(stored, opened.settings);
      return true;
    } catch (error) {
      const other = theirsOf(error);
      if (other) setTheirs(other);
      else toast.error("The rules were not saved", rulesProblem(error));
      return false;
    }
  };

  return {
    opened,
    draft,
    edit: (change) => setTyped((current) => change(current ?? openDraft(opened.settings))),
    problems,
    changes,
    unsaved,
    incomplete,
    warnings,
    saving: isPending,
    save,
    theirs: theirs &&
      rebased && {
        stored: theirs,
        differences: ruleChanges(theirs.settings, readDraft(rebased).settings),
      },
    takeTheirs: () => {
      if (theirs) accept(theirs);
      setTyped(null);
    },
    keepMine: () => {
      setTyped(rebased ?? draft);
      if (theirs) accept(theirs);
    },
    discard: () => setTyped(null),
  };
}
