"use client";

import { Badge } from "../ui/badge";
import { Card } from "../ui/card";
import { DataTable, type Column } from "../ui/data-table";
import { useNow } from "../ui/now";
import { count } from "../ui/numbers";
import { LocalTime, RelativeTime } from "../ui/relative-time";
import type { RefusedCall } from "@/lib/inbox/contract";
import { streamLabels } from "../records/words";

const shownAtMost = 20;

interface RefusedCallsProps {
  calls: readonly RefusedCall[];
  institution: string;
}

/** Webhook calls that were not taken: why, and how long S-360 goes on trying. */
export function RefusedCalls({ calls, institution }: RefusedCallsProps) {
  const columns: Column<RefusedCall>[] = [
    {
      key: "what",
      header: "Call",
      rowHeader: true,
      wrap: true,
      cell: (call) => <CallName call={call} own={institution} />,
    },
    { key: "reason", header: "Why it was refused", wrap: true, width: "40%", cell: (call) => call.reason },
    { key: "tries", header: "Tries", align: "right", cell: (call) => count(call.tries) },
    { key: "last", header: "Last try", cell: (call) => <RelativeTime at={call.lastAt} /> },
    { key: "end", header: "S-360 gives up", wrap: true, cell: (call) => <GivesUp at={call.givesUpAt} /> },
  ];
  return (
    <Card
      icon="incident"
      title="Refused webhook calls"
      aside={calls.length > 0 && <Badge tone="warning">{count(calls.length)}</Badge>}
      flush
      footer={calls.length > shownAtMost && `The latest ${shownAtMost} of ${count(calls.length)} are shown.`}
    >
      <DataTable
        label="Refused webhook calls of the last seven days"
        columns={columns}
        rows={calls.slice(0, shownAtMost)}
        rowKey={(call) => [call.institution, call.stream, call.status, call.firstAt, call.reason].join(" ")}
        empty={<p className="health-empty">None in the last seven days: every call was stored.</p>}
      />
    </Card>
  );
}

function CallName({ call, own }: { call: RefusedCall; own: string }) {
  const title = streamLabels[call.stream as keyof typeof streamLabels] ?? call.stream;
  return (
    <>
      {title}
      {call.status === 404 && <div>to institutions without a connection, such as “{call.institution}”</div>}
      {call.status !== 404 && call.institution !== own && <div>to “{call.institution}”</div>}
      <div className="slds-text-color_weak">Answered {call.status}</div>
    </>
  );
}

function GivesUp({ at }: { at: string }) {
  const now = useNow();
  const isOver = now !== null && Date.parse(at) < now.getTime();
  return (
    <>
      <RelativeTime at={at} />
      <div className="slds-text-color_weak">
        {isOver ? "unless a later try worked: send these again from S-360" : <LocalTime at={at} />}
      </div>
    </>
  );
}
