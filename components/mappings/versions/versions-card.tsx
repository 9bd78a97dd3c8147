"use client";

import { useState } from "react";
import type { MappingDetail, VersionSummary } from "@/lib/mappings/contract";
import { Badge } from "../../ui/badge";
import { Button } from "../../ui/button";
import { Card } from "../../ui/card";
import { DataTable, type Column } from "../../ui/data-table";
import { EmptyState } from "../../ui/empty-state";
import { LocalTime } from "../../ui/relative-time";
import { CompareDialog } from "./compare-dialog";
import { OpenDraftDialog } from "./open-draft-dialog";
import { RestoreDialog } from "./restore-dialog";
import { StopMapping } from "../catalog/stop-mapping";
import type { Editor } from "../editor/use-editor";

/** Who published what, when and why; each can be compared with any other, opened as the draft, and restored. */
export function VersionsCard({ editor }: { editor: Editor }) {
  const { mapping, document, unsaved, reload } = editor;
  const [compared, setCompared] = useState<number | null>(null);
  const [opened, setOpened] = useState<number | null>(null);
  const [restored, setRestored] = useState<number | null>(null);
  const columns = columnsOf(mapping, {
    ...{ compare: setCompared, open: setOpened, restore: setRestored, unsaved },
  });
  return (
    <Card title="Versions" actions={<StopMapping mapping={mapping} />} flush>
      <DataTable
        label="Versions"
        columns={columns}
        rows={mapping.versions}
        rowKey={({ number }) => number}
        empty={
          <EmptyState title="Nothing has been published yet">
            Publish the draft to have records written through this mapping.
          </EmptyState>
        }
      />
      {compared !== null && (
        <CompareDialog
          mapping={mapping}
          number={compared}
          draft={document}
          unsaved={unsaved}
          onRestore={(number) => {
            setCompared(null);
            setRestored(number);
          }}
          onClose={() => setCompared(null)}
        />
      )}
      {opened !== null && <OpenDraftDialog editor={editor} number={opened} onClose={() => setOpened(null)} />}
      {restored !== null && (
        <RestoreDialog
          mapping={mapping}
          number={restored}
          onClose={() => setRestored(null)}
          onRestored={(as) => void reload(as === null ? undefined : { version: restored, as })}
        />
      )}
    </Card>
  );
}

interface VersionActions {
  compare: (number: number) => void;
  open: (number: number) => void;
  restore: (number: number) => void;
  unsaved: boolean;
}

function columnsOf(mapping: MappingDetail, actions: VersionActions): readonly Column<VersionSummary>[] {
  const runs = (version: VersionSummary) => version.id === mapping.published?.id;
  const stopped = (version: VersionSummary) => version.number === mapping.stopped?.number;
  return [
    {
      key: "number",
      header: "Version",
      rowHeader: true,
      cell: (version) => (
        <>
          Version {version.number} {runs(version) && <Badge tone="success">Published</Badge>}
          {stopped(version) && <Badge tone="warning">Stopped</Badge>}
        </>
      ),
    },
    { key: "at", header: "When", cell: ({ at }) => <LocalTime at={at} /> },
    { key: "by", header: "Who", wrap: true, cell: ({ by }) => by },
    { key: "comment", header: "Why", wrap: true, cell: ({ comment }) => comment },
    {
      key: "actions",
      header: <span className="slds-assistive-text">Actions</span>,
      cell: (version) => (
        <div className="mappings-buttons">
          <Button
            onClick={() => actions.compare(version.number)}
            aria-label={`Compare version ${version.number} with the draft`}
          >
            Compare
          </Button>
          <Button
            onClick={() => actions.open(version.number)}
            aria-label={`Open version ${version.number} as draft`}
          >
            Open as draft
          </Button>
          {!runs(version) && !stopped(version) && (
            <Button
              onClick={() => actions.restore(version.number)}
              disabled={actions.unsaved}
              title={actions.unsaved ? "Save or discard your changes first" : undefined}
              aria-label={`Restore version ${version.number}`}
            >
              Restore
            </Button>
          )}
        </div>
      ),
    },
  ];
}
