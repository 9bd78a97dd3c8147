"use client";

import { useEffect, useRef } from "react";
import type { ValueMapDetail } from "@/lib/mappings/value-map-contract";
import { Alert } from "../ui/alert";
import { Button } from "../ui/button";
import { RelativeTime } from "../ui/relative-time";
import { whoSaved } from "../ui/who";
import { DifferenceList } from "./difference-list";
import type { Difference } from "./words";

interface ConflictNoticeProps {
  /** What they saved; null when they removed it. */
  stored: ValueMapDetail | null;
  actor: string;
  /** What they changed since it was opened here. */
  changed: readonly Difference[];
  /** What was changed here besides. */
  differences: readonly Difference[];
  onTakeTheirs: () => void;
  onKeepMine: () => void;
}

/** Somebody saved while this was open: nothing is lost, and the person chooses. */
export function ConflictNotice(props: ConflictNoticeProps) {
  const { stored, actor, changed, differences, onTakeTheirs, onKeepMine } = props;
  const place = useRef<HTMLDivElement>(null);
  // The button that was pressed stays in sight while the page scrolls; this does not.
  useEffect(() => place.current?.scrollIntoView({ block: "center" }), []);
  return (
    <div ref={place}>
      <Alert
        tone="warning"
        live
        title="Your changes are not saved yet"
        actions={
          <>
            {stored && <Button onClick={onTakeTheirs}>Take theirs</Button>}
            <Button variant="brand" onClick={onKeepMine}>
              Keep mine
            </Button>
          </>
        }
      >
        {stored ? (
          <>
            {whoSaved(stored.changed, actor)} changed this value map <RelativeTime at={stored.changed.at} />,
            after you opened it. What you changed is still here. “Keep mine” puts it on top of theirs, to be
            saved then; “Take theirs” drops it.
          </>
        ) : (
          <>
            Somebody removed this value map after you opened it. It is still here as you left it. “Keep mine”
            lets you save it as a new one.
          </>
        )}
        {stored && changed.length > 0 && (
          <>
            <p>What was saved there:</p>
            <DifferenceList differences={changed} names={["Before", "Theirs"]} />
            {differences.length > 0 && <p>Where yours says something else:</p>}
          </>
        )}
        {differences.length === 0 ? (
          <p>Both say the same.</p>
        ) : (
          <DifferenceList differences={differences} names={["Theirs", "Mine"]} />
        )}
      </Alert>
    </div>
  );
}
