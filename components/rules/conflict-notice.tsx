"use client";

import type { RulesDetail } from "@/lib/connections/contract";
import { Alert } from "../ui/alert";
import { Button } from "../ui/button";
import { RelativeTime } from "../ui/relative-time";
import { ChangeList } from "./change-list";
import type { RuleChange } from "./changes";

interface ConflictNoticeProps {
  theirs: RulesDetail;
  /** From what they saved to what is typed here. */
  differences: readonly RuleChange[];
  onTakeTheirs: () => void;
  onKeepMine: () => void;
}

/** Somebody saved while this was open: nothing is lost, and the person chooses. */
export function ConflictNotice({ theirs, differences, onTakeTheirs, onKeepMine }: ConflictNoticeProps) {
  const { changed } = theirs;
  return (
    <Alert
      tone="warning"
      live
      className="slds-m-bottom_small"
      title="Your changes are not saved yet"
      actions={
        <>
          <Button onClick={onTakeTheirs}>Take theirs</Button>
          <Button variant="brand" onClick={onKeepMine}>
            Keep mine
          </Button>
        </>
      }
    >
      {changed?.by ?? "Somebody"} changed the rules {changed && <RelativeTime at={changed.at} />}, after you
      opened them. What you chose is still here. “Keep mine” goes on with it, and Save then replaces theirs;
      “Take theirs” drops it.
      {differences.length === 0 ? (
        <p>Both say the same.</p>
      ) : (
        <ChangeList changes={differences} names={["Theirs", "Mine"]} />
      )}
    </Alert>
  );
}
