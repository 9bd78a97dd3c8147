"use client";

import { useQuery } from "@tanstack/react-query";
import type { ValueMapEntries } from "@/lib/core/mapping/document";
import type { SavedValueMap, UnseenCode } from "@/lib/mappings/contract";
import { Link } from "../records/record-link";
import { Badge } from "../ui/badge";
import { Card } from "../ui/card";
import { DataTable, type Column } from "../ui/data-table";
import { count } from "../ui/numbers";
import { Problem } from "../ui/problem";
import { RelativeTime } from "../ui/relative-time";
import { Skeleton } from "../ui/skeleton";
import { DecisionForm } from "./decision-form";
import { inboxQuery, type Place } from "./queries";
import { otherwiseText } from "./words";

interface InboxCardProps {
  place: Place;
  /** What became of the codes so far. */
  otherwise: ValueMapEntries["otherwise"];
  onDecided: (saved: SavedValueMap) => void;
}

/** Codes that came and are not listed, and what a person may say of each. */
export function InboxCard({ place, otherwise, onDecided }: InboxCardProps) {
  const { data, error, isPending, refetch } = useQuery(inboxQuery(place));
  return (
    <Card
      title="Codes never seen before"
      icon="incident"
      aside={data && data.length > 0 && <Badge tone="warning">{count(data.length)}</Badge>}
      flush={!!data && data.length > 0}
    >
      {isPending && <Skeleton label="Reading the codes" />}
      {error && <Problem error={error} title="The codes could not be read" onRetry={() => void refetch()} />}
      {data?.length === 0 && (
        <p className="value-maps-quiet">None. A code that comes and is not listed appears here.</p>
      )}
      {data && data.length > 0 && (
        <>
          <p className="value-maps-intro">
            They came and are not listed below. So far {lowerFirst(otherwiseText(otherwise))}. What you decide
            here counts at once.
          </p>
          <DataTable
            label="Codes never seen before"
            columns={columnsOf(place, otherwise, onDecided)}
            rows={data}
            rowKey={({ code }) => code}
          />
        </>
      )}
    </Card>
  );
}

function lowerFirst(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}

function columnsOf(
  place: Place,
  otherwise: ValueMapEntries["otherwise"],
  onDecided: (saved: SavedValueMap) => void,
): readonly Column<UnseenCode>[] {
  return [
    {
      key: "code",
      header: "Code",
      rowHeader: true,
      wrap: true,
      cell: ({ code }) => <code>{code}</code>,
    },
    {
      key: "seen",
      header: "Seen",
      wrap: true,
      cell: ({ seen, firstAt, lastAt }) => (
        <>
          {seen === 1 ? "Once" : `${count(seen)} times`}
          <span className="value-maps-below">
            last <RelativeTime at={lastAt} />
          </span>
          {firstAt !== lastAt && (
            <span className="value-maps-below">
              first <RelativeTime at={firstAt} />
            </span>
          )}
        </>
      ),
    },
    {
      key: "record",
      header: "For example",
      wrap: true,
      cell: ({ record }) => (record ? <Link record={record}>{record.key}</Link> : "—"),
    },
    {
      key: "decision",
      header: "What it does from now on",
      wrap: true,
      width: "50%",
      cell: ({ code }) => (
        <DecisionForm place={place} code={code} otherwise={otherwise} onDecided={onDecided} />
      ),
    },
  ];
}
