import type { ReviewDetail } from "@/lib/reviews/contract";
import { Link } from "../records/record-link";
import { StateBadge } from "../records/state-badge";
import { nameOf } from "../records/words";
import { Alert } from "../ui/alert";
import { DataTable, type Column } from "../ui/data-table";
import { EmptyState } from "../ui/empty-state";
import { count, counted } from "../ui/numbers";
import { LocalTime, RelativeTime } from "../ui/relative-time";
import { Progress } from "./progress";
import { costText } from "./words";

interface MassChangeProps {
  review: ReviewDetail;
  mass: NonNullable<ReviewDetail["mass"]>;
}

/** Who changed what, what sending it costs, and how far it is. */
export function MassChange({ review: { subject, state, paused }, mass }: MassChangeProps) {
  const { progress, cost, records } = mass;
  const byName = subject.by?.map(({ name, records: number }) => ({ name, number })) ?? [];
  const byField = subject.changes?.map(({ field, records: number }) => ({ name: field, number })) ?? [];
  return (
    <>
      {state === "deciding" && <Progress progress={progress} paused={paused} />}
      {state !== "closed" && <p>{costText(cost)}</p>}
      {paused && subject.pausedBy && <p>Paused by {subject.pausedBy}.</p>}
      {state === "deciding" && subject.startAt && !paused && (
        <p>
          Sent from <LocalTime at={subject.startAt} /> on (<RelativeTime at={subject.startAt} />
          ).
        </p>
      )}
      {state !== "closed" && cost.leftThisMonth !== null && cost.calls > cost.leftThisMonth && (
        <Alert tone="warning" title="More calls than this month still has">
          {counted(cost.leftThisMonth, "call")} of this month’s allowance are left. What does not fit waits
          for the next month.
        </Alert>
      )}
      <div className="review__tables">
        <Counts label="Who changed them" header="User" rows={byName} />
        <Counts label="What changed" header="Field" rows={byField} />
      </div>
      <details className="review__fold">
        <summary>{counted(records.total, "record")}</summary>
        <ul className="records-mentions">
          {records.records.map((record) => (
            <li key={record.id}>
              <Link record={record}>{nameOf(record)}</Link> <StateBadge of={record} quiet />
            </li>
          ))}
        </ul>
        {records.total > records.records.length && (
          <p className="records-quiet">And {counted(records.total - records.records.length, "other")}.</p>
        )}
      </details>
    </>
  );
}

interface CountRow {
  readonly name: string;
  readonly number: number;
}

function Counts({ label, header, rows }: { label: string; header: string; rows: readonly CountRow[] }) {
  const columns: readonly Column<CountRow>[] = [
    { key: "name", header, rowHeader: true, wrap: true, cell: ({ name }) => name },
    { key: "number", header: "Records", align: "right", width: "30%", cell: ({ number }) => count(number) },
  ];
  return (
    <DataTable
      label={label}
      columns={columns}
      rows={rows}
      rowKey={({ name }) => name}
      empty={<EmptyState title={label}>Not known.</EmptyState>}
    />
  );
}
