"use client";

import { useState } from "react";
import type { FieldComparison, MappingPreview } from "@/lib/records/contract";
import { Badge } from "../ui/badge";
import { Card } from "../ui/card";
import { Checkbox } from "../ui/checkbox";
import { DataTable, type Column } from "../ui/data-table";
import { EmptyState } from "../ui/empty-state";
import { counted } from "../ui/numbers";
import { SameConnectionLink } from "../ui/same-connection-link";
import { Value } from "./value";

/** Field by field: what S-360 says now, through the published mapping, against what both sides last agreed on. */
export function Comparison({ mapping }: { mapping: MappingPreview }) {
  const [onlyDifferent, setOnlyDifferent] = useState(false);
  const { object, objectLabel, mappingName, fields, linked, obstacle, apart } = mapping;
  const notable = fields.filter(isNotable);
  const rows = onlyDifferent ? notable : fields;
  return (
    <Card
      title={linked ? `${objectLabel} fields` : `${objectLabel} fields, not in Salesforce yet`}
      icon="mapping"
      aside={<Summary mapping={mapping} notable={notable.length} />}
      actions={<SameConnectionLink path={`/mappings/${mappingName}`}>Mapping</SameConnectionLink>}
      flush
    >
      {obstacle ? (
        <EmptyState title={mapping.merged ? "Nothing is compared" : "No comparison yet"}>
          {obstacle}
        </EmptyState>
      ) : (
        <>
          {apart && <p className="slds-p-horizontal_medium slds-p-bottom_small">{apart}</p>}
          {linked && (
            <div className="slds-p-horizontal_medium slds-p-bottom_small">
              <Checkbox
                label="Only what differs or cannot be used"
                checked={onlyDifferent}
                onChange={({ target }) => setOnlyDifferent(target.checked)}
              />
            </div>
          )}
          <DataTable
            label={`Fields of ${object}`}
            columns={columnsFor(mapping)}
            rows={rows}
            rowKey={({ field }) => field}
            empty={
              <EmptyState title="Nothing differs">
                Both sides hold the same, as far as either has told.
              </EmptyState>
            }
          />
        </>
      )}
    </Card>
  );
}

function isNotable({ differs, now, changedThere, keptThere }: FieldComparison): boolean {
  return differs || changedThere || keptThere || now.told === "problem";
}

/** What Salesforce holds is told of fields that go both ways, once it has told anything. */
function columnsFor({ linked, fields }: MappingPreview): readonly Column<FieldComparison>[] {
  if (!linked) return newColumns;
  const told = fields.some(({ held }) => held !== undefined);
  return told
    ? [fieldColumn, nowColumn, baseColumn, heldColumn, markColumn]
    : [fieldColumn, nowColumn, baseColumn, markColumn];
}

function Summary({
  mapping: { linked, merged, obstacle, apart, fields },
  notable,
}: {
  mapping: MappingPreview;
  notable: number;
}) {
  if (merged) return <Badge>Merged</Badge>;
  if (obstacle) return <Badge>Not known yet</Badge>;
  if (apart) return <Badge tone="warning">Not written</Badge>;
  if (!linked) return <Badge>{counted(fields.length, "field")}</Badge>;
  return notable === 0 ? (
    <Badge tone="success">Nothing differs</Badge>
  ) : (
    <Badge tone="warning">{counted(notable, "difference")}</Badge>
  );
}

const fieldColumn: Column<FieldComparison> = {
  key: "field",
  header: "Field in Salesforce",
  rowHeader: true,
  wrap: true,
  width: "26%",
  cell: ({ label, field }) => (
    <div>
      {label}
      {label !== field && <div className="records-quiet records-id">{field}</div>}
    </div>
  ),
};

const nowColumn: Column<FieldComparison> = {
  key: "now",
  header: "S-360 says now",
  wrap: true,
  cell: (row) => <Now row={row} />,
};

const baseColumn: Column<FieldComparison> = {
  key: "base",
  header: "Last agreed on",
  wrap: true,
  cell: ({ base }) =>
    base === undefined ? <em className="records-quiet">never</em> : <Value value={base} />,
};

const heldColumn: Column<FieldComparison> = {
  key: "held",
  header: "Salesforce says now",
  wrap: true,
  cell: ({ held, twoWay }) =>
    held !== undefined ? (
      <Value value={held} />
    ) : (
      <em className="records-quiet">{twoWay ? "not told yet" : "not asked: one way"}</em>
    ),
};

const markColumn: Column<FieldComparison> = {
  key: "mark",
  header: "Difference",
  width: "16%",
  wrap: true,
  cell: (row) => <Mark row={row} />,
};

/** Nothing was agreed on yet: everything would differ. */
const newColumns: readonly Column<FieldComparison>[] = [
  fieldColumn,
  nowColumn,
  {
    key: "mark",
    header: "When created",
    width: "20%",
    wrap: true,
    cell: (row) => <MarkNew row={row} />,
  },
];

function Now({ row: { now } }: { row: FieldComparison }) {
  switch (now.told) {
    case "value":
      return <Value value={now.value} />;
    case "problem":
      return <span className="records-problem">{now.sentence}</span>;
    case "silent":
      return <em className="records-quiet">says nothing: the field is left alone</em>;
  }
}

function MarkNew({ row: { now } }: { row: FieldComparison }) {
  if (now.told === "problem") return <Badge tone="error">Cannot be used</Badge>;
  const empty = now.told === "silent" || now.value === null;
  return empty ? <span className="records-quiet">Left alone</span> : "Written";
}

function Mark({ row: { now, differs, when, changedThere, keptThere } }: { row: FieldComparison }) {
  if (now.told === "problem") return <Badge tone="error">Cannot be used</Badge>;
  if (changedThere) return <Badge tone="warning">{differs ? "Both changed" : "Changed in Salesforce"}</Badge>;
  if (keptThere) {
    return (
      <div>
        <Badge tone="warning">Each its own</Badge>
        <p className="records-quiet">kept in Salesforce: S-360 has another form or no such value</p>
      </div>
    );
  }
  if (!differs) return <span className="records-quiet">{when === null ? "No longer mapped" : "None"}</span>;
  return (
    <div>
      <Badge tone="warning">Differs</Badge>
      {when === "create" && <p className="records-quiet">written to new records only</p>}
      {when === "blank" && <p className="records-quiet">written only where Salesforce has nothing</p>}
    </div>
  );
}
