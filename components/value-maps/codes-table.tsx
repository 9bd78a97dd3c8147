"use client";

import type { ReactNode } from "react";
import { useQuery } from "@tanstack/react-query";
import type { UsedField } from "@/lib/mappings/value-map-contract";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { DataTable, type Column } from "../ui/data-table";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { Select } from "../ui/select";
import { editRow, removeRow, stateOf, typedValue, type Row, type Then } from "./draft";
import { cautionAbout, offeredListId } from "./used-fields";
import { ValueCaution } from "./value-caution";
import { usedFieldsQuery } from "./queries";
import type { ValueMapEditor } from "./use-value-map";
import { thenLabels } from "./words";

interface CodesTableProps {
  editor: ValueMapEditor;
  rows: readonly Row[];
  empty: ReactNode;
}

const thens = Object.entries(thenLabels).map(([value, label]) => ({ value, label }));

/** A row per code, edited in place; what is removed stays in sight until it is saved. */
export function CodesTable({ editor, rows, empty }: CodesTableProps) {
  const { data: offered = [] } = useQuery(usedFieldsQuery(editor.place));
  return (
    <DataTable
      label="Codes"
      columns={columnsOf(editor, offered)}
      rows={rows}
      rowKey={({ id }) => id}
      empty={empty}
    />
  );
}

function columnsOf(
  { opened, edit, read }: ValueMapEditor,
  offered: readonly UsedField[],
): readonly Column<Row>[] {
  const change = (row: Row, what: Partial<Row>) => edit((draft) => editRow(draft, row.id, what));
  return [
    {
      key: "code",
      header: "Code",
      rowHeader: true,
      wrap: true,
      width: "30%",
      cell: (row) =>
        row.removed ? (
          <s>{row.code}</s>
        ) : (
          <Field
            label={row.origin === null ? "New code" : `Code ${row.origin}`}
            labelHidden
            error={read.problems.get(row.id)?.code}
          >
            <Input
              code
              data-cell="code"
              data-fresh={row.origin === null ? "" : undefined}
              value={row.code}
              autoComplete="off"
              spellCheck={false}
              onChange={({ target }) => change(row, { code: target.value })}
            />
          </Field>
        ),
    },
    {
      key: "then",
      header: "What it does",
      wrap: true,
      width: "22%",
      cell: (row) =>
        row.removed ? (
          thenLabels[row.then]
        ) : (
          <Field label={`What ${named(row)} does`} labelHidden>
            <Select
              options={thens}
              value={row.then}
              onChange={({ target }) => change(row, { then: target.value as Then })}
            />
          </Field>
        ),
    },
    {
      key: "value",
      header: "Value",
      wrap: true,
      width: "30%",
      cell: (row) => {
        if (row.then !== "value") return null;
        if (row.removed) return <s>{String(row.value)}</s>;
        const error = read.problems.get(row.id)?.value;
        const caution = error ? null : cautionAbout(row.value, offered);
        return (
          <Field
            label={`Value of ${named(row)}`}
            labelHidden
            help={
              caution && (
                <ValueCaution
                  caution={caution}
                  onUse={(value) => change(row, { value: typedValue(opened.entries, row, value) })}
                />
              )
            }
            error={error}
          >
            <Input
              list={offeredListId}
              data-cell="value"
              data-fresh={row.origin === null ? "" : undefined}
              value={String(row.value)}
              autoComplete="off"
              onChange={({ target }) => change(row, { value: typedValue(opened.entries, row, target.value) })}
            />
          </Field>
        );
      },
    },
    {
      key: "state",
      header: <span className="slds-assistive-text">Change</span>,
      wrap: true,
      width: "18%",
      cell: (row) => (
        <div className="value-maps-row-end">
          <RowState state={stateOf(opened.entries, row)} />
          {row.removed ? (
            <Button icon="undo" onClick={() => change(row, { removed: false })}>
              Put back<span className="slds-assistive-text"> {named(row)}</span>
            </Button>
          ) : (
            <Button
              variant="base"
              icon="remove"
              iconOnly
              onClick={() => edit((draft) => removeRow(draft, row.id))}
            >
              Remove {named(row)}
            </Button>
          )}
        </div>
      ),
    },
  ];
}

function named({ code }: Row): string {
  return code.trim() === "" ? "the new code" : code;
}

function RowState({ state }: { state: ReturnType<typeof stateOf> }) {
  if (state === "new") return <Badge tone="info">New</Badge>;
  if (state === "changed") return <Badge tone="info">Changed</Badge>;
  return state === "removed" ? <Badge tone="warning">Removed</Badge> : null;
}
