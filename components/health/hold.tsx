"use client";

import type { ConnectionStatus } from "@/lib/connections/contract";
import { Alert } from "../ui/alert";
import { useNow } from "../ui/now";
import { LocalTime, RelativeTime } from "../ui/relative-time";
import { faultRow } from "@/lib/core/faults";
import { actorWords } from "../records/words";

/** What keeps everything from Salesforce: why, until when, and who acts. */
export function Hold({ status: { blocked } }: { status: ConnectionStatus }) {
  const now = useNow();
  if (!blocked) return null;
  const isOver = now !== null && Date.parse(blocked.until) <= now.getTime();
  return (
    <Alert tone="error" title="Nothing is written to Salesforce at the moment" live>
      <p>{blocked.sentence}</p>
      <p>
        {isOver ? (
          "It is being tried again now."
        ) : (
          <>
            Next try <RelativeTime at={blocked.until} />, at <LocalTime at={blocked.until} />.
          </>
        )}{" "}
        {actorWords[faultRow(blocked.code).actor]} What S-360 sends meanwhile is received and kept.
      </p>
    </Alert>
  );
}
