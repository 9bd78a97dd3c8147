import type { ReactNode } from "react";
import { classes } from "./classes";
import "./data-table.css";

export interface Column<Row> {
  /** Unique in its table. */
  key: string;
  header: ReactNode;
  cell: (row: Row) => ReactNode;
  /** Shown before the value on narrow screens; needed when `header` is not a text. */
  label?: string;
  align?: "right";
  /** Names the row for screen readers: one column per table. */
  rowHeader?: boolean;
  /** The cell may break its text into lines instead of cutting it. */
  wrap?: boolean;
  /** CSS width of the column. */
  width?: string;
}

interface DataTableProps<Row> {
  /** What the table lists, for screen readers. */
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string | number;
  /** Shown in place of the rows when there are none. */
  empty?: ReactNode;
  /** New rows are being fetched: the old ones are dimmed. */
  stale?: boolean;
}

/** A Lightning data table; on narrow screens each row becomes a list of label and value. */
export function DataTable<Row>({ label, columns, rows, rowKey, empty, stale }: DataTableProps<Row>) {
  if (rows.length === 0 && empty) return empty;
  return (
    <table
      aria-label={label}
      aria-busy={stale || undefined}
      className={classes(
        "slds-table slds-table_cell-buffer slds-table_bordered slds-max-medium-table_stacked-horizontal",
        "ui-table",
        stale && "ui-table_stale",
      )}
    >
      <thead>
        <tr className="slds-line-height_reset">
          {columns.map(({ key, header, align, width }) => (
            <th key={key} scope="col" style={{ width }} className={classes(align && "slds-text-align_right")}>
              {header}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={rowKey(row)} className="slds-hint-parent">
            {columns.map((column) => (
              <Cell key={column.key} column={column} row={row} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cell<Row>({ column, row }: { column: Column<Row>; row: Row }) {
  const { header, label, align, rowHeader, wrap, cell } = column;
  const Tag = rowHeader ? "th" : "td";
  return (
    <Tag
      scope={rowHeader ? "row" : undefined}
      data-label={label ?? (typeof header === "string" ? header : undefined)}
      className={classes(align && "ui-table__number", wrap && "slds-cell-wrap")}
    >
      <div className={wrap ? "ui-table__wrap" : "slds-truncate"}>{cell(row)}</div>
    </Tag>
  );
}
