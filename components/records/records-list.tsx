"use client";

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { Matches, RecordRow } from "@/lib/records/contract";
import { DataTable, type Column } from "../ui/data-table";
import { count, counted } from "../ui/numbers";
import { ObjectIcon } from "../ui/object-icon";
import { Problem } from "../ui/problem";
import { RelativeTime } from "../ui/relative-time";
import { Skeleton } from "../ui/skeleton";
import { MoreButton } from "./more-button";
import { NoRecords } from "./no-records";
import { matchesQuery, recordsQuery, type ListFilter } from "./queries";
import { RecordFilters } from "./record-filters";
import { Link } from "./record-link";
import { RetryAll } from "./retry-all";
import { StateBadge } from "./state-badge";
import { useAddress } from "./use-address";
import { iconOf, kindLabel, nameOf } from "./words";
import "./records.css";

/** Records that match the address's filter. */
export function RecordsList({ connection }: { connection: string }) {
  const [{ q, state, stream, kind, imported, run, census, change }] = useAddress();
  const filter: ListFilter = {
    connection,
    ...(q && { q }),
    ...(state && { state }),
    ...(stream && { stream }),
    ...(kind && { kind }),
    ...(imported && { imported }),
    ...(run && { run }),
    ...(census && { census }),
    ...(change && { change }),
  };
  const list = useInfiniteQuery(recordsQuery(filter));
  const rows = list.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <section aria-label="Records" className="slds-card records-list">
      <RecordFilters connection={connection} />
      <div className="records-list__bar">
        {list.isSuccess && <Found filter={filter} shown={rows.length} />}
        <RetryAll filter={filter} />
      </div>
      {list.isPending ? (
        <div className="slds-p-around_medium">
          <Skeleton lines={8} label="Reading records" />
        </div>
      ) : list.isError && rows.length === 0 ? (
        <div className="slds-p-around_medium">
          <Problem
            error={list.error}
            title="The records could not be read"
            onRetry={() => void list.refetch()}
          />
        </div>
      ) : (
        <DataTable
          label="Records"
          columns={columns}
          rows={rows}
          rowKey={(row) => row.id}
          stale={list.isPlaceholderData}
          empty={<NoRecords filter={filter} />}
        />
      )}
      <MoreButton list={list} what="records" />
    </section>
  );
}

function Found({ filter, shown }: { filter: ListFilter; shown: number }) {
  const { data } = useQuery(matchesQuery(filter));
  return (
    <p role="status" className="records-list__found">
      {data ? foundText(shown, data) : "Counting…"}
    </p>
  );
}

function foundText(shown: number, { number, more }: Matches): string {
  if (number === 0) return "No records";
  if (more) return `${count(shown)} of more than ${count(number)} records, last sent first`;
  return `${count(Math.min(shown, number))} of ${counted(number, "record")}, last sent first`;
}

const columns: readonly Column<RecordRow>[] = [
  {
    key: "name",
    header: "Record",
    rowHeader: true,
    wrap: true,
    width: "22%",
    cell: (row) => (
      <span className="records-name">
        <ObjectIcon name={iconOf(row)} size="small" />
        <Link record={row}>{nameOf(row)}</Link>
      </span>
    ),
  },
  { key: "kind", header: "Kind", width: "9%", cell: (row) => kindLabel(row) },
  { key: "key", header: "S-360 number", width: "12%", cell: (row) => row.key },
  {
    key: "state",
    header: "State",
    wrap: true,
    cell: (row) => (
      <div>
        <StateBadge of={row} quiet />
        {row.fault && <p className="records-fault">{row.fault.sentence}</p>}
      </div>
    ),
  },
  {
    key: "salesforce",
    header: "Salesforce",
    width: "15%",
    wrap: true,
    cell: ({ salesforce, family }) => <InSalesforce salesforce={salesforce} lent={family === "order"} />,
  },
  { key: "changed", header: "Last change", width: "11%", cell: (row) => <RelativeTime at={row.changedAt} /> },
];

interface InSalesforceProps {
  salesforce: RecordRow["salesforce"];
  /** Orders are not written themselves. */
  lent: boolean;
}

function InSalesforce({ salesforce, lent }: InSalesforceProps) {
  if (salesforce) {
    return (
      <span className="records-id" title={`${salesforce.object} ${salesforce.id}`}>
        {salesforce.id}
      </span>
    );
  }
  return <span className="records-quiet">{lent ? "Through its operations" : "Not linked"}</span>;
}
