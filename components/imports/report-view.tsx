"use client";

import { useQuery } from "@tanstack/react-query";
import type { FaultCount, NotWritten } from "@/lib/imports/contract";
import { Link } from "../records/record-link";
import { StateBadge } from "../records/state-badge";
import { kindLabel, nameOf, numberOf } from "../records/words";
import { Card } from "../ui/card";
import { DataTable, type Column } from "../ui/data-table";
import { EmptyState } from "../ui/empty-state";
import { count, counted } from "../ui/numbers";
import { Problem } from "../ui/problem";
import { LocalTime } from "../ui/relative-time";
import { SameConnectionLink } from "../ui/same-connection-link";
import { Skeleton } from "../ui/skeleton";
import { EndTiles } from "./end-tiles";
import { ImportBar } from "./import-bar";
import { reportQuery } from "./queries";
import { durationWords, progressSentence, standingOf } from "./words";
import "./imports.css";

/** What became of an import: also while it goes on. */
export function ReportView({ id }: { id: number }) {
  const { data, error, refetch } = useQuery(reportQuery(id));
  if (!data) {
    return error ? (
      <Problem error={error} title="The report could not be read" onRetry={refetch} />
    ) : (
      <Skeleton />
    );
  }
  const { run, minutes, perMinute, faults, notWritten, notWrittenTotal } = data;
  return (
    <div className="imports-main">
      <Card title="Outcomes">
        <dl className="imports-report">
          <Fact label="State">{standingOf(run).label}</Fact>
          <Fact label="Begun">
            <LocalTime at={run.startedAt} /> by {run.startedBy}
          </Fact>
          <Fact label="Approved">
            <LocalTime at={run.approvedAt} fallback="Not yet" />
            {run.approvedBy && ` by ${run.approvedBy}`}
          </Fact>
          <Fact label="Ended">
            <LocalTime at={run.endedAt} fallback="Not yet" />
          </Fact>
          <Fact label="Duration">{durationWords(minutes)}</Fact>
          <Fact label="Pace">
            {perMinute === null ? "–" : `${count(Math.round(perMinute))} records a minute on average`}
          </Fact>
          <Fact label="Expected">{run.expected === null ? "Not said" : count(run.expected)}</Fact>
        </dl>
        <ImportBar run={run} />
        <p>{progressSentence(run)}</p>
        <EndTiles run={run} />
        <p>
          <SameConnectionLink path="/records" query={{ imported: id }}>
            All records of this import
          </SameConnectionLink>
        </p>
      </Card>
      {faults.length > 0 && (
        <Card title="Why records did not get through" flush>
          <DataTable label="Faults" columns={faultColumns} rows={faults} rowKey={({ code }) => code} />
        </Card>
      )}
      <Card title="Not in Salesforce" aside={counted(notWrittenTotal, "record")} flush>
        <DataTable
          label="Records that are not written"
          columns={recordColumns}
          rows={notWritten}
          rowKey={({ id: recordId }) => recordId}
          empty={<EmptyState title="Everything that came is in Salesforce, or was there before" />}
        />
        {notWrittenTotal > notWritten.length && (
          <p className="imports-more">The first {count(notWritten.length)}; the file has all of them.</p>
        )}
      </Card>
    </div>
  );
}

function Fact({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

const faultColumns: readonly Column<FaultCount>[] = [
  { key: "number", header: "Records", align: "right", width: "6rem", cell: ({ number }) => count(number) },
  { key: "code", header: "Fault", rowHeader: true, width: "14rem", cell: ({ code }) => code },
  { key: "sentence", header: "For example", wrap: true, cell: ({ sentence }) => sentence },
];

const recordColumns: readonly Column<NotWritten>[] = [
  {
    key: "record",
    header: "Record",
    rowHeader: true,
    width: "16rem",
    wrap: true,
    cell: (record) => <Link record={record}>{nameOf(record)}</Link>,
  },
  {
    key: "number",
    header: "Number",
    width: "12rem",
    cell: (record) => `${kindLabel(record)} ${numberOf(record)}`,
  },
  { key: "state", header: "State", width: "7rem", cell: (record) => <StateBadge of={record} quiet /> },
  { key: "why", header: "Why", wrap: true, cell: ({ why }) => why },
];
