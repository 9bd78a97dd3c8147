import type { Mentions } from "@/lib/records/contract";
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
export function MassChange({ review: { subject, state, paused, scheduled, held }, mass }: MassChangeProps) {
  const { progress, cost, records, failed } = mass;
  const isHeld = held !== null && !paused && !scheduled;
  const byName = subject.by?.map(({ name, records: number }) => ({ name, number })) ?? [];
  const byField = subject.changes?.map(({ field, records: number }) => ({ name: field, number })) ?? [];
  return (
    <>
      {isHeld && (
        <Alert tone="warning" title="Nothing of it is sent at the moment" live>
          {held} What is left goes on by itself after that.
        </Alert>
      )}
      {state === "deciding" && <Progress progress={progress} paused={paused || isHeld} />}
      {state !== "closed" && <p>{costText(cost, isHeld)}</p>}
      {failed.total > 0 && (
        <details className="review__fold">
          <summary>{count(failed.total)} did not get through</summary>
          <RecordNames mentions={failed} />
        </details>
      )}
      {paused && subject.pausedBy && <p>Paused by {subject.pausedBy}.</p>}
      {state === "deciding" && subject.startAt && scheduled && !paused && (
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
        <RecordNames mentions={records} />
      </details>
    </>
  );
}

function RecordNames({ mentions: { records, total } }: { mentions: Mentions }) {
  return (
    <>
      <ul className="records-mentions">
        {records.map((record) => (
          <li key={record.id}>
            <Link record={record}>{nameOf(record)}</Link> <StateBadge of={record} quiet />{" "}
            {record.state === "failed" && record.fault && (
              <span className="records-quiet">{record.fault.sentence}</span>
            )}
          </li>
        ))}
      </ul>
      {total > records.length && (
        <p className="records-quiet">And {counted(total - records.length, "other")}.</p>
      )}
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
