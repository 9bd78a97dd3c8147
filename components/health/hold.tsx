"use client";

import type { BlockedStatus, ConnectionStatus } from "@/lib/connections/contract";
import { Alert } from "../ui/alert";
import { useNow } from "../ui/now";
import { LocalTime, RelativeTime } from "../ui/relative-time";
import { faultRow } from "@/lib/core/faults";
import { actorWords } from "../records/words";

const systemNames = { salesforce: "Salesforce", s360: "S-360" } as const;

/** What keeps everything from a system: why, until when, and who acts. */
export function Holds({ status: { blocked } }: { status: ConnectionStatus }) {
  return blocked.map((one) => <Hold key={one.system} blocked={one} />);
}

function Hold({ blocked }: { blocked: BlockedStatus }) {
  const now = useNow();
  const isOver = now !== null && Date.parse(blocked.until) <= now.getTime();
  return (
    <Alert tone="error" title={`Nothing is written to ${systemNames[blocked.system]} at the moment`} live>
      <p>{blocked.sentence}</p>
      <p>
        {isOver ? (
          "It is being tried again now."
        ) : (
          <>
            Next try <RelativeTime at={blocked.until} ahead />, at <LocalTime at={blocked.until} />.
          </>
        )}{" "}
        {actorWords[faultRow(blocked.code).actor]} What arrives meanwhile is received and kept.
      </p>
    </Alert>
  );
}
