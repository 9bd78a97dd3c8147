"use client";

import { useState } from "react";
import { useQuery } from "@tanstack/react-query";
import type { RawEvent } from "@/lib/records/contract";
import { Alert } from "../ui/alert";
import { Checkbox } from "../ui/checkbox";
import { CopyButton } from "../ui/copy-button";
import { Dialog } from "../ui/dialog";
import { Problem } from "../ui/problem";
import { LocalTime } from "../ui/relative-time";
import { Skeleton } from "../ui/skeleton";
import { indentJson } from "./indent-json";
import { rawEventQuery } from "./queries";
import { streamLabels } from "./words";

/** One item as S-360 sent it. Open while an id is given. */
export function RawEventDialog({ eventId, onClose }: { eventId: number | null; onClose: () => void }) {
  const event = useQuery({ ...rawEventQuery(eventId ?? 0), enabled: eventId !== null });
  const shown = eventId === null ? undefined : event.data;
  return (
    <Dialog
      open={eventId !== null}
      onOpenChange={(open) => !open && onClose()}
      title={`Item ${eventId ?? ""} as it came`}
      description={
        shown && (
          <>
            {streamLabels[shown.stream]}, item {shown.position + 1} of its call, received{" "}
            <LocalTime at={shown.receivedAt} />
          </>
        )
      }
      size="medium"
      footer={shown && <CopyButton text={shown.raw} label="Copy the item exactly as it came" />}
    >
      {shown ? (
        <RawText event={shown} />
      ) : event.isError ? (
        <Problem
          error={event.error}
          title="The item could not be read"
          onRetry={() => void event.refetch()}
        />
      ) : (
        <Skeleton lines={6} label="Reading the item" />
      )}
    </Dialog>
  );
}

function RawText({ event }: { event: RawEvent }) {
  const [lines, setLines] = useState(true);
  return (
    <>
      {event.fault && <Alert tone="error" title={event.fault.sentence} className="slds-m-bottom_small" />}
      {event.note && <Alert tone="info" title={event.note} className="slds-m-bottom_small" />}
      <Checkbox
        label="Break into lines"
        checked={lines}
        onChange={({ target }) => setLines(target.checked)}
      />
      <pre className="records-raw" tabIndex={0} aria-label="The item's text">
        {lines ? indentJson(event.raw) : event.raw}
      </pre>
    </>
  );
}
