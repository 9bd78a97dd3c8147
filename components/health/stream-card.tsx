import type { FeedStatus, StreamStatus } from "@/lib/connections/contract";
import { Alert } from "../ui/alert";
import { Badge } from "../ui/badge";
import { Card } from "../ui/card";
import { EmptyState } from "../ui/empty-state";
import { hasReceived, streamCondition } from "./condition";
import { PauseButton } from "./pause-button";
import { StateTiles } from "./state-tiles";
import { StreamNotes } from "./stream-notes";
import { StreamTimes } from "./stream-times";
import { setUpSentence } from "./words";
import { faultRow } from "@/lib/core/faults";
import { actorWords, streamLabels } from "../records/words";

interface StreamCardProps {
  institution: string;
  stream: StreamStatus;
  /** For the stream that is read from Salesforce: what is known of that reading. */
  feed: FeedStatus | null;
  /** How many of its records wait for calls to Salesforce. */
  short: number;
}

/** One stream: where its records stand, when something last moved, and its pause. */
export function StreamCard({ institution, stream, feed, short }: StreamCardProps) {
  const { name, paused } = stream;
  const condition = streamCondition(stream, feed, short);
  const isOn = feed === null || feed.setUp;
  return (
    <Card
      icon={name === "orders-in" ? "order" : "contact"}
      title={streamLabels[name]}
      aside={<Badge tone={condition.tone}>{condition.label}</Badge>}
      actions={
        (isOn || paused) && <PauseButton institution={institution} stream={name} paused={paused !== null} />
      }
    >
      {feed && !feed.setUp && (
        <EmptyState title="Edits in Salesforce do not go back to S-360">{setUpSentence(feed)}</EmptyState>
      )}
      {isOn && feed?.fault && (
        <Alert tone="warning" title="Salesforce could not be asked what changed">
          {feed.fault.sentence} {actorWords[faultRow(feed.fault.code).actor]}
        </Alert>
      )}
      {(isOn || hasReceived(stream)) && (
        <>
          <StateTiles institution={institution} stream={stream} />
          <StreamTimes stream={stream} feed={feed} />
          <StreamNotes institution={institution} stream={stream} short={short} />
        </>
      )}
    </Card>
  );
}
