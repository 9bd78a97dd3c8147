"use client";

import { useState } from "react";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { MappingSummary } from "@/lib/mappings/contract";
import { withQuery } from "../../ui/api";
import { Badge } from "../../ui/badge";
import { Button } from "../../ui/button";
import { Card } from "../../ui/card";
import { DataTable, type Column } from "../../ui/data-table";
import { EmptyState } from "../../ui/empty-state";
import { counted } from "../../ui/numbers";
import { Problem } from "../../ui/problem";
import { RelativeTime } from "../../ui/relative-time";
import { Skeleton } from "../../ui/skeleton";
import { mappingNames, mappingTitle } from "../names";
import { NewMappingDialog } from "./new-mapping-dialog";
import { mappingsQuery } from "../queries";
import "../mappings.css";

/** The mappings of a connection: what runs, since when and why, and what is not published yet. */
export function MappingsList({ institution }: { institution: string }) {
  const { data, error, isPending, refetch } = useQuery(mappingsQuery(institution));
  const [adding, setAdding] = useState(false);
  return (
    <Card
      title="Mappings"
      icon="mapping"
      aside={data && counted(data.length, "mapping")}
      actions={
        <Button icon="add" onClick={() => setAdding(true)}>
          New mapping
        </Button>
      }
      flush
    >
      {adding && (
        <NewMappingDialog institution={institution} mappings={data ?? []} onClose={() => setAdding(false)} />
      )}
      {isPending && <Skeleton label="Reading the mappings" />}
      {error && (
        <Problem error={error} title="The mappings could not be read" onRetry={() => void refetch()} />
      )}
      {data && (
        <DataTable
          label="Mappings"
          columns={columnsOf(institution)}
          rows={data}
          rowKey={(mapping) => mapping.id}
          empty={
            <EmptyState title="This connection has no mappings">
              Apply its file again: it brings the default mappings.
            </EmptyState>
          }
        />
      )}
    </Card>
  );
}

function columnsOf(institution: string): readonly Column<MappingSummary>[] {
  return [
    {
      key: "name",
      header: "Mapping",
      rowHeader: true,
      wrap: true,
      cell: (mapping) => (
        <>
          <Link
            href={withQuery(`/mappings/${encodeURIComponent(mapping.name)}`, { connection: institution })}
          >
            {mappingTitle(mapping)}
          </Link>
          <span className="mappings-name">{mappingNames(mapping)}</span>
        </>
      ),
    },
    { key: "draft", header: "State", cell: (mapping) => <StateBadge mapping={mapping} /> },
    {
      key: "version",
      header: "Version",
      cell: ({ published, stopped }) => {
        const number = (published ?? stopped)?.number;
        return number === undefined ? "None" : `Version ${number}`;
      },
    },
    {
      key: "at",
      header: "Since",
      cell: ({ published, stopped }) => <RelativeTime at={(published ?? stopped)?.at} />,
    },
    {
      key: "by",
      header: "By",
      wrap: true,
      cell: ({ published, stopped }) => (published ?? stopped)?.by ?? "—",
    },
    { key: "comment", header: "Why", wrap: true, cell: ({ published }) => published?.comment ?? "—" },
  ];
}

function StateBadge({ mapping }: { mapping: MappingSummary }) {
  if (mapping.stopped) return <Badge tone="warning">Stopped</Badge>;
  if (!mapping.published) return <Badge tone="warning">Not published</Badge>;
  if (mapping.draftDiffers) return <Badge tone="info">Unpublished changes</Badge>;
  return <Badge tone="success">Published</Badge>;
}
