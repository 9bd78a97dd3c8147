"use client";

import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { LinkButton, Button } from "../ui/button";
import { Card } from "../ui/card";
import { EmptyState } from "../ui/empty-state";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { counted } from "../ui/numbers";
import { CodesTable } from "./codes-table";
import { addRow, type Row } from "./draft";
import { csvAddress } from "./queries";
import { UploadDialog } from "./upload-dialog";
import type { ValueMapEditor } from "./use-value-map";

const rowsAtOnce = 100;

/** The table of codes: looked through, edited, taken out as a file and brought back. */
export function CodesCard({ editor }: { editor: ValueMapEditor }) {
  const { place, opened, draft, edit, incomplete } = editor;
  const [search, setSearch] = useState("");
  const [most, setMost] = useState(rowsAtOnce);
  const [uploading, setUploading] = useState(false);
  const table = useRef<HTMLDivElement>(null);
  const [added, setAdded] = useState(0);
  useEffect(() => {
    if (added > 0) table.current?.querySelector<HTMLInputElement>("input[data-cell=code]")?.focus();
  }, [added]);

  const add = () => {
    edit(addRow);
    setAdded((times) => times + 1);
  };
  const found = draft.rows.filter((row) => row.origin === null || matches(row, search));
  const codes = draft.rows.filter(({ removed }) => !removed).length;
  const more = found.length - most;
  return (
    <Card
      title="Codes"
      aside={counted(codes, "code")}
      flush
      actions={
        <Button icon="add" onClick={add}>
          Add a code
        </Button>
      }
      footer={
        more > 0 && (
          <Button variant="base" onClick={() => setMost(most + rowsAtOnce)}>
            Show {counted(Math.min(more, rowsAtOnce), "more code", "more codes")} of {found.length}
          </Button>
        )
      }
    >
      <div className="value-maps-tools">
        {draft.rows.length > 10 && (
          <Field label="Search codes and values" labelHidden className="value-maps-search">
            <Input
              type="search"
              placeholder="Search codes and values"
              value={search}
              onChange={({ target }) => setSearch(target.value)}
            />
          </Field>
        )}
        {opened.revision > 0 && (
          <LinkButton href={csvAddress(place)} prefetch={false} download icon="down">
            Download CSV
          </LinkButton>
        )}
        <Button icon="up" onClick={() => setUploading(true)} disabled={incomplete}>
          Upload CSV
        </Button>
      </div>
      <div ref={table} onKeyDown={(event) => onEnter(event, add)}>
        <CodesTable
          editor={editor}
          rows={found.slice(0, most)}
          empty={
            search ? (
              <EmptyState title="No code or value has this text">Shorten or clear the search.</EmptyState>
            ) : (
              <EmptyState title="No code is listed yet">
                Add one, upload a file, or decide about codes as they come in.
              </EmptyState>
            )
          }
        />
      </div>
      <UploadDialog editor={editor} open={uploading} onOpenChange={setUploading} />
    </Card>
  );
}

function matches({ code, value, then }: Row, search: string): boolean {
  const wanted = search.trim().toLowerCase();
  const text = then === "value" ? `${code}\n${String(value)}` : code;
  return text.toLowerCase().includes(wanted);
}

/** Enter goes down a column; from a new row it makes another. */
function onEnter(event: KeyboardEvent<HTMLElement>, add: () => void): void {
  const cell = event.target;
  if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
  if (!(cell instanceof HTMLInputElement) || !cell.dataset.cell) return;
  event.preventDefault();
  if (cell.dataset.fresh !== undefined) return add();
  const column = [
    ...event.currentTarget.querySelectorAll<HTMLInputElement>(`input[data-cell=${cell.dataset.cell}]`),
  ];
  column[column.indexOf(cell) + 1]?.focus();
}
