"use client";

import { useState } from "react";
import {
  comparisonFates,
  comparisonKinds,
  unchangedOf,
  type FieldCounts,
  type ComparisonFate,
  type ComparisonSummary,
} from "@/lib/core/mapping/comparison";
import type { ComparisonNumber, ComparisonRun } from "@/lib/comparison/contract";
import { Button } from "../../ui/button";
import { classes } from "../../ui/classes";
import { DataTable, type Column } from "../../ui/data-table";
import { count } from "../../ui/numbers";
import { RelativeTime } from "../../ui/relative-time";
import { BehindDialog } from "./behind-dialog";
import { basisSentence, fateWords, kindWords, summarySentence, usualFates, usualKinds } from "./words";

interface ComparisonResultProps {
  mappingId: number;
  run: ComparisonRun;
  summary: ComparisonSummary;
  /** It was made for another draft or version. */
  outdated?: boolean;
}

interface Opened {
  readonly number: ComparisonNumber;
  readonly title: string;
}

/** What a comparison found, by record and by field; every number opens its records. */
export function ComparisonResult({ mappingId, run, summary, outdated = false }: ComparisonResultProps) {
  const [opened, setOpened] = useState<Opened | null>(null);
  const isShown = (fate: ComparisonFate) => usualFates.includes(fate) || summary.fates[fate] > 0;
  return (
    <div className={classes(outdated && "comparison-result_outdated")}>
      <p
        className={classes(
          "comparison-result__sentence",
          summary.fates.leaves > 0 && "comparison-result__sentence_warning",
        )}
      >
        {summarySentence(summary)}
      </p>
      <p className="mappings-quiet">
        Compared <RelativeTime at={run.startedAt} /> by {run.by}: {basisSentence(run)}{" "}
        {!run.fresh && run.knownAt && (
          <>
            Edits are known as of <RelativeTime at={run.knownAt} />.
          </>
        )}{" "}
        What Salesforce itself would refuse shows only when it is written.
      </p>
      <ul className="comparison-fates" aria-label="Records">
        {comparisonFates.filter(isShown).map((fate) => (
          <li key={fate}>
            <Count
              value={summary.fates[fate]}
              label={fateWords[fate].title}
              onOpen={() => setOpened({ number: { fate }, title: fateWords[fate].title })}
            />{" "}
            {fateWords[fate].label}
          </li>
        ))}
        {summary.cured > 0 && <li>{count(summary.cured)} fail or are held now, and would not</li>}
      </ul>
      {summary.fields.length > 0 && (
        <DataTable
          label="Changes by field"
          rows={summary.fields}
          rowKey={({ field }) => field}
          columns={columnsOf(summary, setOpened)}
        />
      )}
      {opened && (
        <BehindDialog mappingId={mappingId} runId={run.id} {...opened} onClose={() => setOpened(null)} />
      )}
    </div>
  );
}

function columnsOf(
  summary: ComparisonSummary,
  open: (opened: Opened) => void,
): readonly Column<FieldCounts>[] {
  const kinds = [...comparisonKinds, "unchanged" as const].filter(
    (kind) =>
      kind === "unchanged" || usualKinds.includes(kind) || summary.fields.some((counts) => counts[kind] > 0),
  );
  return [
    {
      key: "field",
      header: "Field",
      rowHeader: true,
      wrap: true,
      cell: ({ field, label }) => (
        <>
          {label} <span className="mappings-name">{field}</span>
        </>
      ),
    },
    ...kinds.map((kind): Column<FieldCounts> => ({
      key: kind,
      header: kindWords[kind],
      align: "right",
      cell: (counts) => {
        const { field, label } = counts;
        const title = `${label}: ${kindWords[kind].toLowerCase()}`;
        const value = kind === "unchanged" ? unchangedOf(summary, counts) : counts[kind];
        return <Count value={value} label={title} onOpen={() => open({ number: { field, kind }, title })} />;
      },
    })),
  ];
}

function Count({ value, label, onOpen }: { value: number; label: string; onOpen: () => void }) {
  if (value === 0) return <span className="mappings-quiet">0</span>;
  return (
    <Button variant="base" onClick={onOpen} aria-label={`${label}: ${count(value)}`}>
      {count(value)}
    </Button>
  );
}
