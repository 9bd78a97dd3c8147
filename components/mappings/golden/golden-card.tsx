"use client";

import { useState, type ReactNode, type RefObject } from "react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { GoldenDifference } from "@/lib/core/mapping/golden/golden";
import type { GoldenEdits } from "@/lib/core/mapping/golden/golden-edit";
import type { GoldenCheck, GoldenSample } from "@/lib/mappings/golden-contract";
import type { Sample } from "@/lib/mappings/contract";
import { Badge } from "../../ui/badge";
import { Button } from "../../ui/button";
import { Card } from "../../ui/card";
import { DataTable, type Column } from "../../ui/data-table";
import { counted } from "../../ui/numbers";
import { Problem, problemSentence } from "../../ui/problem";
import { LocalTime } from "../../ui/relative-time";
import { useToast } from "../../ui/toast";
import type { Editor } from "../editor/use-editor";
import { ExpectDialog } from "./expect-dialog";
import { GoldenDialog } from "./golden-dialog";
import { GoldenResult } from "./golden-result";
import { KeepDialog } from "./keep-dialog";
import { changeGolden, expectGolden, goldenKey, goldenQuery, useGoldenChecks, type Checked } from "./queries";
import { RenameDialog } from "./rename-dialog";

interface GoldenCardProps {
  editor: Editor;
  /** The record that lines are tried on: what would be kept. */
  sample: Sample | null;
  incomplete: string | null;
  lines: RefObject<HTMLElement | null>;
  /** Tries the lines on a sample, in the place of a record. */
  onTry: (sample: GoldenSample) => void;
}

/** Made-up records with the result that a mapping has to give for them. */
export function GoldenCard({ editor, sample, incomplete, lines, onTry }: GoldenCardProps) {
  const { mapping, document } = editor;
  const samples = useQuery(goldenQuery(mapping.id));
  const checked = useGoldenChecks(mapping.id, document);
  const [keeping, setKeeping] = useState(false);
  const [edited, setEdited] = useState<number | null>(null);
  const [opened, setOpened] = useState<GoldenSample | null>(null);
  const [renamed, setRenamed] = useState<GoldenSample | null>(null);
  const { remove } = useRemoval(mapping.id);
  const accepting = useAccepting(mapping.id, checked);
  const checkOf = (id: number) => checked?.checks.find((check) => check.id === id) ?? null;
  const rows = samples.data ?? [];
  const editing = rows.find(({ id }) => id === edited);
  const stop = incomplete ?? (sample ? null : "Choose a record of S-360 to try the lines on first");
  return (
    <Card
      title="Golden samples"
      aside={<Standing samples={rows} checks={checked?.checks ?? null} />}
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
        columns={columnsOf({
          result: ({ id }) => (
            <GoldenResult check={checkOf(id)} busy={accepting.isPending} onAccept={accepting.accept} />
          ),
          open: setOpened,
          edit: ({ id }) => setEdited(id),
          rename: setRenamed,
          remove,
        })}
        empty={
          <p className="golden-empty">
            None yet. Keep a typical record and its result, made up so that it is nobody&apos;s: nobody can
            then change that result by accident.
          </p>
        }
      />
      {keeping && sample && <KeepDialog editor={editor} sample={sample} onClose={() => setKeeping(false)} />}
      {editing && (
        <ExpectDialog
          editor={editor}
          sample={editing}
          check={checkOf(editing.id)}
          onClose={() => setEdited(null)}
        />
      )}
      {opened && <GoldenDialog sample={opened} lines={lines} onTry={onTry} onClose={() => setOpened(null)} />}
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
  result: (sample: GoldenSample) => ReactNode;
  open: (sample: GoldenSample) => void;
  edit: (sample: GoldenSample) => void;
  rename: (sample: GoldenSample) => void;
  remove: (sample: GoldenSample) => void;
}

function columnsOf({ result, open, edit, rename, remove }: Actions): readonly Column<GoldenSample>[] {
  return [
    {
      key: "name",
      header: "Sample",
      rowHeader: true,
      wrap: true,
      cell: (sample) => (
        <Button variant="base" onClick={() => open(sample)}>
          {sample.name}
        </Button>
      ),
    },
    {
      key: "result",
      header: "With these lines",
      wrap: true,
      cell: result,
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
          <Button onClick={() => edit(sample)} aria-label={`Edit what ${sample.name} should get`}>
            Edit
          </Button>
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

/** Expecting what a sample gets with the lines that were tried. */
function useAccepting(mappingId: number, checked: Checked | null) {
  const client = useQueryClient();
  const toast = useToast();
  const { mutate, isPending } = useMutation({
    mutationFn: (given: Parameters<typeof expectGolden>[1]) => expectGolden(mappingId, given),
    onSettled: () => client.invalidateQueries({ queryKey: goldenKey(mappingId) }),
    onError: (error) => toast.error("The expectation was not changed", problemSentence(error)),
  });
  const accept = ({ id, revision }: GoldenCheck, difference: GoldenDifference | null) => {
    if (checked) mutate({ id, revision, document: checked.document, edits: difference && asNow(difference) });
  };
  return { accept, isPending };
}

function asNow({ field }: GoldenDifference): GoldenEdits {
  return field === null ? { standing: "as-now", fields: {} } : { fields: { [field]: { must: "be-as-now" } } };
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
