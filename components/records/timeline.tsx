"use client";

import { useState } from "react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Card } from "../ui/card";
import { EmptyState } from "../ui/empty-state";
import { Problem } from "../ui/problem";
import { Skeleton } from "../ui/skeleton";
import { MoreButton } from "./more-button";
import { timelineQuery } from "./queries";
import { RawEventDialog } from "./raw-event-dialog";
import { AttemptEntry, EventEntry } from "./timeline-entry";
import "./timeline.css";

interface TimelineProps {
  recordId: number;
  /** Labels by `Object.Field`. */
  labels: ReadonlyMap<string, string>;
}

/** What arrived and what was written, newest first. */
export function Timeline({ recordId, labels }: TimelineProps) {
  const [opened, setOpened] = useState<number | null>(null);
  const list = useInfiniteQuery(timelineQuery(recordId));
  const entries = list.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <Card title="Timeline" aside={<span className="records-quiet">newest first</span>}>
      {list.isPending && <Skeleton lines={6} label="Reading the timeline" />}
      {list.isError && entries.length === 0 && (
        <Problem
          error={list.error}
          title="The timeline could not be read"
          onRetry={() => void list.refetch()}
        />
      )}
      {list.isSuccess && entries.length === 0 && (
        <EmptyState title="Nothing has happened yet">
          What either side tells of this record and what is written to the other appears here.
        </EmptyState>
      )}
      <ol className="timeline">
        {entries.map((entry) =>
          entry.type === "event" ? (
            <EventEntry key={`event-${entry.id}`} event={entry} onShow={() => setOpened(entry.id)} />
          ) : (
            <AttemptEntry key={`attempt-${entry.id}`} attempt={entry} labels={labels} />
          ),
        )}
      </ol>
      <MoreButton list={list} what="entries" />
      <RawEventDialog eventId={opened} onClose={() => setOpened(null)} />
    </Card>
  );
}
