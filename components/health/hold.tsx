"use client";

import type { BlockedStatus, ConnectionStatus } from "@/lib/connections/contract";
import { Alert } from "../ui/alert";
import { Button } from "../ui/button";
import { useNow } from "../ui/now";
import { problemSentence } from "../ui/problem";
import { LocalTime, RelativeTime } from "../ui/relative-time";
import { useToast } from "../ui/toast";
import { faultRow } from "@/lib/core/faults";
import { actorWords } from "../records/words";
import { useTryNow } from "./queries";

const systemNames = { salesforce: "Salesforce", s360: "S-360" } as const;

/** What keeps everything from a system: why, until when, and who acts. */
export function Holds({ status: { institution, blocked } }: { status: ConnectionStatus }) {
  return blocked.map((one) => <Hold key={one.system} institution={institution} blocked={one} />);
}

function Hold({ institution, blocked }: { institution: string; blocked: BlockedStatus }) {
  const now = useNow();
  const toast = useToast();
  const { mutate, isPending } = useTryNow(institution, blocked.system);
  const tryNow = () =>
    mutate(undefined, { onError: (error) => toast.error("It was not tried again", problemSentence(error)) });
  const isOver = now !== null && Date.parse(blocked.until) <= now.getTime();
  return (
    <Alert
      tone="error"
      title={`Nothing is written to ${systemNames[blocked.system]} at the moment`}
      live
      actions={
        !isOver && (
          <Button icon="refresh" onClick={tryNow} disabled={isPending}>
            Try now
          </Button>
        )
      }
    >
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
