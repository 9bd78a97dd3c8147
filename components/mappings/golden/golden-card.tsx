"use client";

import { useState } from "react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { GoldenCheck, GoldenSample, Sample } from "@/lib/mappings/contract";
import { Badge } from "../../ui/badge";
import { Button } from "../../ui/button";
import { Card } from "../../ui/card";
import { DataTable, type Column } from "../../ui/data-table";
import { counted } from "../../ui/numbers";
import { Problem, problemSentence } from "../../ui/problem";
import { LocalTime } from "../../ui/relative-time";
import { useToast } from "../../ui/toast";
import type { Editor } from "../use-editor";
import { KeepDialog } from "./keep-dialog";
import { changeGolden, goldenKey, goldenQuery, useGoldenChecks } from "./queries";
import { RenameDialog } from "./rename-dialog";

interface GoldenCardProps {
  editor: Editor;
  /** The record that lines are tried on: what would be kept. */
  sample: Sample | null;
  incomplete: string | null;
}

/** Made-up records with the result that a mapping has to give for them. */
export function GoldenCard({ editor, sample, incomplete }: GoldenCardProps) {
  const { mapping, document } = editor;
  const samples = useQuery(goldenQuery(mapping.id));
  const checks = useGoldenChecks(mapping.id, document);
  const [keeping, setKeeping] = useState(false);
  const [renamed, setRenamed] = useState<GoldenSample | null>(null);
  const { remove } = useRemoval(mapping.id);
  const rows = samples.data ?? [];
  const stop = incomplete ?? (sample ? null : "Choose a record to try the lines on first");
  return (
    <Card
      title="Golden samples"
      aside={<Standing samples={rows} checks={checks} />}
      flush
      actions={
        <Button
          icon="add"
          disabled={stop !== null}
          title={stop ?? undefined}
          onClick={() => setKeeping(true)}
        >
          Keep this record
        </Button>
      }
    >
      {samples.error && (
        <Problem
          error={samples.error}
          title="The golden samples could not be read"
          onRetry={() => void samples.refetch()}
        />
      )}
      <DataTable
        label="Golden samples"
        rows={rows}
        rowKey={({ id }) => id}
        columns={columnsOf(checks, { rename: setRenamed, remove: (row) => remove(row) })}
        empty={
          <p className="golden-empty">
            None yet. Keep a typical record and its result, made up so that it is nobody&apos;s: nobody can
            then change that result by accident.
          </p>
        }
      />
      {keeping && sample && (
        <KeepDialog
          mappingId={mapping.id}
          document={document}
          sample={sample}
          onClose={() => setKeeping(false)}
        />
      )}
      {renamed && <RenameDialog mappingId={mapping.id} sample={renamed} onClose={() => setRenamed(null)} />}
    </Card>
  );
}

interface StandingProps {
  samples: readonly GoldenSample[];
  checks: readonly GoldenCheck[] | null;
}

function Standing({ samples, checks }: StandingProps) {
  if (samples.length === 0 || !checks) return null;
  const passed = checks.filter(({ sentences }) => sentences.length === 0).length;
  return (
    <span role="status">
      <Badge tone={passed === checks.length ? "success" : "error"}>
        {passed} of {counted(checks.length, "sample")} as expected
      </Badge>
    </span>
  );
}

interface Actions {
  rename: (sample: GoldenSample) => void;
  remove: (sample: GoldenSample) => void;
}

function columnsOf(
  checks: readonly GoldenCheck[] | null,
  { rename, remove }: Actions,
): readonly Column<GoldenSample>[] {
  return [
    { key: "name", header: "Sample", rowHeader: true, wrap: true, cell: ({ name }) => name },
    {
      key: "result",
      header: "With these lines",
      wrap: true,
      cell: ({ id }) => <Result check={checks?.find((check) => check.id === id) ?? null} />,
    },
    {
      key: "by",
      header: "Last changed",
      wrap: true,
      cell: ({ by, at }) => (
        <>
          <LocalTime at={at} /> <span className="mappings-name">{by}</span>
        </>
      ),
    },
    {
      key: "actions",
      header: <span className="slds-assistive-text">Actions</span>,
      cell: (sample) => (
        <div className="mappings-buttons">
          <Button onClick={() => rename(sample)} aria-label={`Rename ${sample.name}`}>
            Rename
          </Button>
          <Button icon="remove" iconOnly onClick={() => remove(sample)}>
            Remove {sample.name}
          </Button>
        </div>
      ),
    },
  ];
}

function Result({ check }: { check: GoldenCheck | null }) {
  if (!check) return <span className="mappings-quiet">…</span>;
  if (check.sentences.length === 0) return "As expected";
  return (
    <ul>
      {check.sentences.map((sentence) => (
        <li key={sentence}>{sentence.replace(`${check.name}: `, "")}</li>
      ))}
    </ul>
  );
}

const undoMs = 15_000;

/** Removing at once, with a way back. */
function useRemoval(mappingId: number) {
  const client = useQueryClient();
  const toast = useToast();
  const change = useMutation({
    mutationFn: (given: Parameters<typeof changeGolden>[1]) => changeGolden(mappingId, given),
    onSettled: () => client.invalidateQueries({ queryKey: goldenKey(mappingId) }),
    onError: (error) => toast.error("The sample was not changed", problemSentence(error)),
  });
  const remove = ({ id, revision, name }: GoldenSample) =>
    change.mutate(
      { id, revision, change: { what: "remove" } },
      {
        onSuccess: (removed) => {
          const close = toast.success(
            `${name} is removed`,
            <Button
              icon="undo"
              onClick={() => {
                close();
                change.mutate({ id, revision: removed.revision, change: { what: "put-back" } });
              }}
            >
              Undo
            </Button>,
            undoMs,
          );
        },
      },
    );
  return { remove };
}
