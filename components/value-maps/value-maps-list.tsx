"use client";

import { useState } from "react";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { ValueMapSummary } from "@/lib/mappings/value-map-contract";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { DataTable, type Column } from "../ui/data-table";
import { EmptyState } from "../ui/empty-state";
import { count, counted } from "../ui/numbers";
import { Problem } from "../ui/problem";
import { RelativeTime } from "../ui/relative-time";
import { Skeleton } from "../ui/skeleton";
import { CreateDialog } from "./create-dialog";
import { valueMapAddress, valueMapsQuery } from "./queries";
import { RemoveDialog } from "./remove-dialog";
import { Uses } from "./uses";
import { otherwiseText } from "./words";
import "./value-maps.css";

/** The value maps of a connection: what names them, what they list, and what waits for a person. */
export function ValueMapsList({ institution }: { institution: string }) {
  const { data, error, isPending, refetch } = useQuery(valueMapsQuery(institution));
  const [creating, setCreating] = useState(false);
  const [removing, setRemoving] = useState<ValueMapSummary | null>(null);
  return (
    <Card
      title="Value maps"
      icon="value-map"
      aside={data && counted(data.length, "value map")}
      actions={
        <Button icon="add" onClick={() => setCreating(true)}>
          New value map
        </Button>
      }
      flush
    >
      {isPending && <Skeleton label="Reading the value maps" />}
      {error && (
        <Problem error={error} title="The value maps could not be read" onRetry={() => void refetch()} />
      )}
      {data && (
        <DataTable
          label="Value maps"
          columns={columnsOf(institution, setRemoving)}
          rows={data}
          rowKey={({ name }) => name}
          empty={<EmptyState title="This connection has no value maps">Make one here.</EmptyState>}
        />
      )}
      <CreateDialog institution={institution} open={creating} onOpenChange={setCreating} />
      {removing && (
        <RemoveDialog institution={institution} map={removing} onClose={() => setRemoving(null)} />
      )}
    </Card>
  );
}

function columnsOf(
  connection: string,
  onRemove: (map: ValueMapSummary) => void,
): readonly Column<ValueMapSummary>[] {
  return [
    {
      key: "name",
      header: "Value map",
      rowHeader: true,
      wrap: true,
      cell: ({ name }) => <Link href={valueMapAddress({ connection, name })}>{name}</Link>,
    },
    {
      key: "unseen",
      header: "Never seen before",
      wrap: true,
      cell: ({ name, unseen }) =>
        unseen === 0 ? (
          "—"
        ) : (
          <Link href={valueMapAddress({ connection, name })}>
            <Badge tone="warning">{counted(unseen, "code")} to decide</Badge>
          </Link>
        ),
    },
    { key: "uses", header: "Used by", wrap: true, cell: ({ uses }) => <Uses uses={uses} /> },
    { key: "codes", header: "Codes", align: "right", cell: ({ codes }) => count(codes) },
    {
      key: "otherwise",
      header: "Other codes",
      wrap: true,
      cell: ({ otherwise }) => otherwiseText(otherwise),
    },
    {
      key: "changed",
      header: "Last change",
      wrap: true,
      cell: ({ changed }) => (
        <>
          <RelativeTime at={changed.at} />
          {changed.by && <span className="value-maps-below">{changed.by}</span>}
        </>
      ),
    },
    {
      key: "remove",
      header: <span className="slds-assistive-text">Actions</span>,
      cell: (map) => (
        <Button variant="base" icon="remove" iconOnly onClick={() => onRemove(map)}>
          Remove {map.name}
        </Button>
      ),
    },
  ];
}
