"use client";

import { useCallback } from "react";
import type { RuleSettings } from "@/lib/core/connection-settings";
import type { RulesDetail } from "@/lib/connections/contract";
import { Button } from "../ui/button";
import { useToast } from "../ui/toast";
import { rulesProblem } from "./problem-words";
import { saveRules, theirsOf } from "./queries";

const timeToUndoMs = 30_000;

/** Says that the rules are saved and offers to put back what was there before, unless somebody changed them since. */
export function useUndo(institution: string, accept: (stored: RulesDetail) => void) {
  const toast = useToast();
  return useCallback(
    (saved: RulesDetail, before: RuleSettings) => {
      const undo = async () => {
        close();
        try {
          accept(await saveRules(institution, { revision: saved.revision, settings: before }));
          toast.success("The rules are as they were before");
        } catch (error) {
          const why = theirsOf(error)
            ? "Somebody changed the rules since. Reload the page to see them."
            : rulesProblem(error);
          toast.error("Undo did not work", why);
        }
      };
      const close = toast.success(
        "The rules are saved",
        <>
          They count from now on. <UndoButton onUndo={() => void undo()} />
        </>,
        timeToUndoMs,
      );
    },
    [institution, accept, toast],
  );
}

function UndoButton({ onUndo }: { onUndo: () => void }) {
  return (
    <Button variant="neutral" icon="undo" onClick={onUndo}>
      Undo
    </Button>
  );
}
