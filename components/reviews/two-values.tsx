import type { TwoValues as Row } from "@/lib/reviews/contract";
import { Value } from "../records/value";
import { DataTable, type Column } from "../ui/data-table";

interface TwoValuesProps {
  fields: readonly Row[];
  /** Who wrote the Salesforce record last. */
  changedBy: string | null;
}

const columns: readonly Column<Row>[] = [
  { key: "field", header: "Field", rowHeader: true, wrap: true, width: "30%", cell: ({ label }) => label },
  {
    key: "s360",
    header: "In S-360, as last agreed",
    wrap: true,
    cell: ({ s360 }) =>
      s360 === undefined ? <em className="records-quiet">never</em> : <Value value={s360} />,
  },
  {
    key: "salesforce",
    header: "In Salesforce",
    wrap: true,
    cell: ({ salesforce }) => <Value value={salesforce} />,
  },
];

/** The fields a review is about, as either side has them. */
export function TwoValues({ fields, changedBy }: TwoValuesProps) {
  if (fields.length === 0) return null;
  return (
    <div>
      <DataTable label="Both sides’ values" columns={columns} rows={fields} rowKey={({ field }) => field} />
      {changedBy && (
        <p className="records-quiet slds-m-top_x-small">Last saved in Salesforce by {changedBy}.</p>
      )}
    </div>
  );
}
