import type { ImportRun } from "@/lib/imports/contract";
import { Card } from "../ui/card";
import { DataTable, type Column } from "../ui/data-table";
import { LocalTime } from "../ui/relative-time";
import { SameConnectionLink } from "../ui/same-connection-link";
import { streamWords } from "./words";

const columns: readonly Column<ImportRun>[] = [
  {
    key: "what",
    header: "Import",
    rowHeader: true,
    cell: ({ id, stream, since }) => (
      <SameConnectionLink path={`/import/${id}`}>
        {streamWords[stream].title} since {since}
      </SameConnectionLink>
    ),
  },
  { key: "begun", header: "Begun", cell: ({ startedAt }) => <LocalTime at={startedAt} /> },
  { key: "by", header: "By", cell: ({ startedBy }) => startedBy },
  {
    key: "ended",
    header: "Ended",
    cell: ({ state, endedAt }) => (
      <>
        {state === "cancelled" ? "Cancelled " : ""}
        <LocalTime at={endedAt} fallback="Goes on" />
      </>
    ),
  },
];

/** Imports before the latest ones. */
export function EarlierImports({ runs }: { runs: readonly ImportRun[] }) {
  return (
    <Card title="Earlier imports" flush>
      <DataTable label="Earlier imports" columns={columns} rows={runs} rowKey={({ id }) => id} />
    </Card>
  );
}
