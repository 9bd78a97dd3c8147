"use client";

import { useQuery } from "@tanstack/react-query";
import type { RecordPage } from "@/lib/records/contract";
import { Problem } from "../ui/problem";
import { Comparison } from "./comparison";
import { recordQuery } from "./queries";
import { RecordFacts } from "./record-facts";
import { RecordHeader } from "./record-header";
import { Relatives } from "./relatives";
import { SourceState } from "./source-state";
import { Standing } from "./standing";
import { Timeline } from "./timeline";
import "./records.css";

/** A record's page, kept fresh while it is open. */
export function RecordView({ id }: { id: number }) {
  const { data, error, isError, refetch } = useQuery(recordQuery(id));
  if (!data) {
    return isError ? (
      <Problem error={error} title="The record could not be read" onRetry={() => void refetch()} />
    ) : null;
  }
  return <Loaded {...data} />;
}

function Loaded({ record, mappings }: RecordPage) {
  const labels = new Map(
    mappings.flatMap(({ object, fields }) =>
      fields.map(({ field, label }) => [`${object}.${field}`, label] as const),
    ),
  );
  return (
    <>
      <RecordHeader record={record} />
      <Standing record={record} />
      <div className="records-page">
        <div className="records-page__main">
          {record.family === "order" && <Relatives record={record} />}
          <Timeline recordId={record.id} labels={labels} />
          {mappings.map((mapping) => (
            <Comparison key={mapping.mappingId} mapping={mapping} />
          ))}
        </div>
        <div className="records-page__side">
          <RecordFacts record={record} />
          {record.family !== "order" && <Relatives record={record} />}
          <SourceState record={record} />
        </div>
      </div>
    </>
  );
}
