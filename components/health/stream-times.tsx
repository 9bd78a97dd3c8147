"use client";

import type { ReactNode } from "react";
import type { FeedStatus, StreamStatus } from "@/lib/connections/contract";
import { useNow } from "../ui/now";
import { counted } from "../ui/numbers";
import { LocalTime, RelativeTime } from "../ui/relative-time";
import { pollSentence } from "./words";

interface StreamTimesProps {
  stream: StreamStatus;
  /** For the stream that is read from Salesforce. */
  feed: FeedStatus | null;
}

/** When something last moved in a stream, and what it waits for. */
export function StreamTimes({ stream, feed }: StreamTimesProps) {
  const { paused, lastReceivedAt, lastWrittenAt, oldestDueSeconds } = stream;
  return (
    <dl className="health-times">
      {feed && <FeedTimes feed={feed} />}
      <Time term={feed ? "Last change found" : "Last received"}>
        <RelativeTime at={lastReceivedAt} />
      </Time>
      <Time term="Last written">
        <RelativeTime at={lastWrittenAt} />
      </Time>
      <Time term="Longest wait for its turn">
        {oldestDueSeconds === null ? "Nothing is due" : duration(oldestDueSeconds)}
      </Time>
      {paused && (
        <Time term="Paused since">
          <LocalTime at={paused.at} />
          {paused.by && ` by ${paused.by}`}
        </Time>
      )}
    </dl>
  );
}

function FeedTimes({ feed }: { feed: FeedStatus }) {
  const { lastPolledAt, dueAt, pollSeconds } = feed;
  const now = useNow();
  const isDue = dueAt !== null && now !== null && Date.parse(dueAt) <= now.getTime();
  return (
    <>
      <Time term="Salesforce last asked">
        <RelativeTime at={lastPolledAt} />
      </Time>
      <Time term={`Asked next (every ${duration(pollSeconds)})`}>
        {dueAt === null || isDue ? "Now" : <RelativeTime at={dueAt} ahead />}
      </Time>
      {lastPolledAt !== null && <Time term="Found when last asked">{pollSentence(feed)}</Time>}
    </>
  );
}

function Time({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function duration(seconds: number): string {
  if (seconds < 90) return counted(seconds, "second");
  if (seconds < 5400) return counted(Math.round(seconds / 60), "minute");
  return counted(Math.round(seconds / 3600), "hour");
}
