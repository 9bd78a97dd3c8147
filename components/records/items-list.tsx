"use client";

import { useState } from "react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { streams } from "@/lib/core/words";
import type { EndedItem } from "@/lib/records/contract";
import { Button } from "../ui/button";
import { DataTable, type Column } from "../ui/data-table";
import { EmptyState } from "../ui/empty-state";
import { Field } from "../ui/field";
import { Problem } from "../ui/problem";
import { RelativeTime } from "../ui/relative-time";
import { Select } from "../ui/select";
import { Skeleton } from "../ui/skeleton";
import { readAddress } from "./address";
import { MoreButton } from "./more-button";
import { itemsQuery } from "./queries";
import { ReadAgainButton, ReadAllAgain } from "./read-again";
import { RawEventDialog } from "./raw-event-dialog";
import { Link } from "./record-link";
import { FateBadge } from "./state-badge";
import { useAddress } from "./use-address";
import { nameOf, streamLabels } from "./words";
import "./records.css";

/** Items that could not be used, or had nothing to write: kept as they came, holding back nobody. */
export function ItemsList({ connection }: { connection: string }) {
  const [{ stream, outcome }] = useAddress();
  const [opened, setOpened] = useState<number | null>(null);
  const list = useInfiniteQuery(
    itemsQuery({ connection, ...(stream && { stream }), ...(outcome && { outcome }) }),
  );
  const rows = list.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <section aria-label="Items without a record" className="slds-card records-list">
      <ItemFilters />
      {rows.some(({ setAside }) => setAside) && (
        <div className="slds-p-horizontal_medium slds-p-bottom_small">
          <ReadAllAgain connection={connection} stream={stream} />
        </div>
      )}
      <p className="slds-p-horizontal_medium slds-p-bottom_small records-quiet">
        Items that could not be used, wholly or in part, and items with nothing to write. They are kept as
        they came and hold back no other item of their call.
      </p>
      {list.isPending ? (
        <div className="slds-p-around_medium">
          <Skeleton lines={6} label="Reading items" />
        </div>
      ) : list.isError && rows.length === 0 ? (
        <div className="slds-p-around_medium">
          <Problem
            error={list.error}
            title="The items could not be read"
            onRetry={() => void list.refetch()}
          />
        </div>
      ) : (
        <DataTable
          label="Items without a record"
          columns={columnsWith(setOpened)}
          rows={rows}
          rowKey={(row) => row.eventId}
          stale={list.isPlaceholderData}
          empty={
            <EmptyState title={stream || outcome ? "No such items" : "Every item became a record"}>
              {stream || outcome
                ? "Nothing that came in ended this way. Clear the filter to see the others."
                : "When S-360 sends something that cannot be used, it is listed here with the reason."}
            </EmptyState>
          }
        />
      )}
      <MoreButton list={list} what="items" />
      <RawEventDialog eventId={opened} onClose={() => setOpened(null)} />
    </section>
  );
}

function ItemFilters() {
  const [address, change] = useAddress();
  const set = (name: "stream" | "outcome", value: string) =>
    change({ ...address, [name]: readAddress((asked) => (asked === name ? value : null))[name] });
  return (
    <div className="records-filters">
      <div className="records-filters__row">
        <Field label="Stream">
          <Select
            value={address.stream ?? ""}
            onChange={({ target }) => set("stream", target.value)}
            options={[
              { value: "", label: "All streams" },
              ...streams.map((value) => ({ value, label: streamLabels[value] })),
            ]}
          />
        </Field>
        <Field label="Ended as">
          <Select
            value={address.outcome ?? ""}
            onChange={({ target }) => set("outcome", target.value)}
            options={[
              { value: "", label: "Failed or ignored" },
              { value: "failed", label: "Failed" },
              { value: "set-aside", label: "Failed: set aside" },
              { value: "ignored", label: "Ignored" },
            ]}
          />
        </Field>
      </div>
    </div>
  );
}

function columnsWith(open: (eventId: number) => void): readonly Column<EndedItem>[] {
  return [
    {
      key: "received",
      header: "Received",
      width: "12%",
      cell: (row) => <RelativeTime at={row.receivedAt} />,
    },
    { key: "stream", header: "Stream", width: "10%", cell: (row) => streamLabels[row.stream] },
    {
      key: "outcome",
      header: "What is wrong",
      rowHeader: true,
      wrap: true,
      cell: (row) => (
        <div>
          <FateBadge fate={row.outcome} />
          <p className="records-fault">{row.fault?.sentence ?? "No reason was noted."}</p>
          {row.setAside && (
            <p className="slds-p-vertical_x-small">
              <ReadAgainButton eventId={row.eventId} />
            </p>
          )}
        </div>
      ),
    },
    {
      key: "record",
      header: "Record",
      width: "14%",
      wrap: true,
      cell: ({ record }) =>
        record ? (
          <Link record={record}>{nameOf({ ...record, label: null })}</Link>
        ) : (
          <span className="records-quiet">None</span>
        ),
    },
    {
      key: "raw",
      header: "As it came",
      width: "30%",
      wrap: true,
      cell: (row) => (
        <div>
          <code className="records-excerpt">{row.excerpt.replace(/\s+/g, " ")}</code>
          <Button
            variant="base"
            onClick={() => open(row.eventId)}
            aria-label={`Show item ${row.eventId} as it came`}
          >
            Show all of it
          </Button>
        </div>
      ),
    },
  ];
}
