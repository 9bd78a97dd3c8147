"use client";

import { useEffect, useRef } from "react";
import type { RulesDetail } from "@/lib/connections/contract";
import { Alert } from "../ui/alert";
import { Button } from "../ui/button";
import { RelativeTime } from "../ui/relative-time";
import { ChangeList } from "./change-list";
import type { RuleChange } from "./changes";

interface ConflictNoticeProps {
  /** What they saved. */
  stored: RulesDetail;
  /** What was changed here besides. */
  differences: readonly RuleChange[];
  onTakeTheirs: () => void;
  onKeepMine: () => void;
}

/** Somebody saved while this was open: nothing is lost, and the person chooses. */
export function ConflictNotice({ stored, differences, onTakeTheirs, onKeepMine }: ConflictNoticeProps) {
  const { changed } = stored;
  const place = useRef<HTMLDivElement>(null);
  // The button that was pressed stays in sight while the page scrolls; this does not.
  useEffect(() => place.current?.scrollIntoView({ block: "center" }), []);
  return (
    <div ref={place} className="slds-m-bottom_small">
      <Alert
        tone="warning"
        live
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
        opened them. What you changed is still here. “Keep mine” puts it on top of theirs, to be saved then;
        “Take theirs” drops it.
        {differences.length === 0 ? (
          <p>Both say the same.</p>
        ) : (
          <ChangeList changes={differences} names={["Theirs", "Mine"]} />
        )}
      </Alert>
    </div>
  );
}
