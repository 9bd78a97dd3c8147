"use client";

import { useState } from "react";
import type { MappingDocument } from "@/lib/core/mapping/document";
import { Alert } from "../ui/alert";
import { Button } from "../ui/button";
import { RelativeTime } from "../ui/relative-time";
import type { SavedDraft } from "./editor-state";
import { LineComparison } from "./line-comparison";

interface ConflictNoticeProps {
  theirs: SavedDraft;
  mine: MappingDocument;
  onTakeTheirs: () => void;
  onKeepMine: () => void;
  busy: boolean;
}

/** Somebody saved while this was open: nothing is lost, and the person chooses. */
export function ConflictNotice({ theirs, mine, onTakeTheirs, onKeepMine, busy }: ConflictNoticeProps) {
  const [comparing, setComparing] = useState(false);
  const { by, at } = theirs.draft;
  return (
    <Alert
      tone="warning"
      live
      title="Your changes are not saved yet"
      actions={
        <>
          <Button onClick={() => setComparing(!comparing)} aria-expanded={comparing}>
            Compare
          </Button>
          <Button onClick={onTakeTheirs} disabled={busy}>
            Take theirs
          </Button>
          <Button variant="brand" onClick={onKeepMine} busy={busy}>
            Keep mine
          </Button>
        </>
      }
    >
      {by ?? "Somebody"} saved this draft <RelativeTime at={at} />, after you opened it. What you typed is
      still here. “Keep mine” saves it over theirs, “Take theirs” drops it.
      {comparing && (
        <div className="slds-m-top_small">
          <LineComparison before={theirs.document} after={mine} names={["Theirs", "Mine"]} />
        </div>
      )}
    </Alert>
  );
}
