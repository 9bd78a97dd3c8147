"use client";

import { useState } from "react";
import { useQuery } from "@tanstack/react-query";
import type { MappingDocument } from "@/lib/core/mapping/document";
import type { MappingDetail, VersionSummary } from "@/lib/mappings/contract";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { DataTable, type Column } from "../ui/data-table";
import { Dialog } from "../ui/dialog";
import { EmptyState } from "../ui/empty-state";
import { Problem } from "../ui/problem";
import { LocalTime } from "../ui/relative-time";
import { Skeleton } from "../ui/skeleton";
import { DifferenceList } from "./difference-list";
import { versionQuery } from "./queries";
import { RestoreDialog } from "./restore-dialog";

interface VersionsCardProps {
  mapping: MappingDetail;
  /** The lines as typed. */
  draft: MappingDocument;
  unsaved: boolean;
  onRestored: () => void;
}

/** Who published what, when and why; each can be compared with the draft and restored. */
export function VersionsCard({ mapping, draft, unsaved, onRestored }: VersionsCardProps) {
  const [compared, setCompared] = useState<number | null>(null);
  const [restored, setRestored] = useState<number | null>(null);
  const columns = columnsOf(mapping, { compare: setCompared, restore: setRestored, unsaved });
  return (
    <Card title="Versions" flush>
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
          mappingId={mapping.id}
          number={compared}
          draft={draft}
          draftName={unsaved ? "Draft with your changes" : "Draft"}
          onClose={() => setCompared(null)}
        />
      )}
      {restored !== null && (
        <RestoreDialog
          mapping={mapping}
          number={restored}
          onClose={() => setRestored(null)}
          onRestored={onRestored}
        />
      )}
    </Card>
  );
}

interface VersionActions {
  compare: (number: number) => void;
  restore: (number: number) => void;
  unsaved: boolean;
}

function columnsOf(mapping: MappingDetail, actions: VersionActions): readonly Column<VersionSummary>[] {
  const runs = (version: VersionSummary) => version.id === mapping.published?.id;
  return [
    {
      key: "number",
      header: "Version",
      rowHeader: true,
      cell: (version) => (
        <>
          Version {version.number} {runs(version) && <Badge tone="success">Published</Badge>}
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
          {!runs(version) && (
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

interface CompareDialogProps {
  mappingId: number;
  number: number;
  draft: MappingDocument;
  draftName: string;
  onClose: () => void;
}

function CompareDialog({ mappingId, number, draft, draftName, onClose }: CompareDialogProps) {
  const { data, error, isPending, refetch } = useQuery(versionQuery(mappingId, number));
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="medium"
      title={`Version ${number} and the draft`}
      footer={<Button onClick={onClose}>Close</Button>}
    >
      {isPending && <Skeleton label="Reading the version" />}
      {error && (
        <Problem error={error} title="The version could not be read" onRetry={() => void refetch()} />
      )}
      {data && (
        <DifferenceList before={data.document} after={draft} names={[`Version ${number}`, draftName]} />
      )}
    </Dialog>
  );
}
