import type { Mentions, RecordDetail, RecordMention } from "@/lib/records/contract";
import { Card } from "../ui/card";
import { DataTable, type Column } from "../ui/data-table";
import { EmptyState } from "../ui/empty-state";
import { count, counted } from "../ui/numbers";
import { Link } from "./record-link";
import { StateBadge } from "./state-badge";
import { kindLabel, nameOf } from "./words";

/** An order's operations, an operation's order, and who waits for whom. */
export function Relatives({ record }: { record: RecordDetail }) {
  const { family, parent, children, waitsFor, awaitedBy } = record;
  return (
    <>
      {family === "order" && <Operations operations={children} />}
      {parent && (
        <Card title="Order">
          <Mentioned records={[parent]} />
        </Card>
      )}
      {waitsFor.total > 0 && (
        <Card title="Waits for" aside={<span className="records-quiet">{count(waitsFor.total)}</span>}>
          <Mentioned records={waitsFor.records} />
        </Card>
      )}
      {awaitedBy.total > 0 && (
        <Card title="Waited for by" aside={<span className="records-quiet">{count(awaitedBy.total)}</span>}>
          <Mentioned records={awaitedBy.records} />
          <More mentions={awaitedBy} />
        </Card>
      )}
    </>
  );
}

function Mentioned({ records }: { records: readonly RecordMention[] }) {
  return (
    <ul className="records-mentions">
      {records.map((record) => (
        <li key={record.id}>
          <span>
            <Link record={record}>{nameOf(record)}</Link>{" "}
            {record.label && record.family !== "order" && (
              <span className="records-quiet">
                {kindLabel(record)} {record.key}
              </span>
            )}
          </span>
          <StateBadge of={record} quiet />
        </li>
      ))}
    </ul>
  );
}

function Operations({ operations }: { operations: Mentions }) {
  return (
    <Card title="Operations" aside={<span className="records-quiet">{count(operations.total)}</span>} flush>
      <DataTable
        label="Operations of this order"
        columns={operationColumns}
        rows={operations.records}
        rowKey={(row) => row.id}
        empty={
          <EmptyState title="This order has no operations">
            Nothing is written to Salesforce for it. Operations appear here when S-360 sends them.
          </EmptyState>
        }
      />
      <More mentions={operations} />
    </Card>
  );
}

function More({ mentions: { records, total } }: { mentions: Mentions }) {
  if (total <= records.length) return null;
  return <p className="slds-p-around_small records-quiet">And {counted(total - records.length, "other")}.</p>;
}

const operationColumns: readonly Column<RecordMention>[] = [
  {
    key: "name",
    header: "Product",
    width: "30%",
    rowHeader: true,
    wrap: true,
    cell: (row) => <Link record={row}>{nameOf(row)}</Link>,
  },
  { key: "key", header: "Operation", width: "18%", cell: (row) => row.key },
  { key: "state", header: "State", wrap: true, cell: (row) => <StateCell row={row} /> },
];

function StateCell({ row }: { row: RecordMention }) {
  return (
    <div>
      <StateBadge of={row} quiet />
      {row.fault && <p className="records-fault">{row.fault.sentence}</p>}
    </div>
  );
}
