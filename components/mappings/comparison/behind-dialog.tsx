"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import type { ComparisonChange } from "@/lib/core/mapping/comparison";
import type { ComparisonNumber, ComparisonRow } from "@/lib/comparison/contract";
import { MoreButton } from "../../records/more-button";
import { Link } from "../../records/record-link";
import { Value } from "../../records/value";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Problem } from "../../ui/problem";
import { Skeleton } from "../../ui/skeleton";
import { behindQuery } from "./queries";
import { kindWords } from "./words";

interface BehindDialogProps {
  mappingId: number;
  runId: number;
  number: ComparisonNumber;
  title: string;
  onClose: () => void;
}

/** The records behind a number: before, after, and the way to each. */
export function BehindDialog({ mappingId, runId, number, title, onClose }: BehindDialogProps) {
  const list = useInfiniteQuery(behindQuery(mappingId, runId, number));
  const rows = list.data?.pages.flatMap((page) => page.rows) ?? [];
  const only = "field" in number ? number.field : null;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={title}
      size="medium"
      footer={<Button onClick={onClose}>Close</Button>}
    >
      {list.isPending && <Skeleton label="Reading the records" />}
      {list.error && !list.data && (
        <Problem
          error={list.error}
          title="The records could not be read"
          onRetry={() => void list.refetch()}
        />
      )}
      {list.data && rows.length === 0 && (
        <p>
          These records are not kept any more: somebody compared again. Close this and look at the new
          numbers.
        </p>
      )}
      <ul className="comparison-behind" aria-label={title}>
        {rows.map((row) => (
          <li key={row.position}>
            <Link record={{ id: row.recordId }} beside>
              {row.label ?? row.key}
            </Link>{" "}
            {row.label && <span className="mappings-quiet">{row.key}</span>}
            <Finding row={row} only={only} />
          </li>
        ))}
      </ul>
      <MoreButton list={list} what="records" />
    </Dialog>
  );
}

function Finding({ row, only }: { row: ComparisonRow; only: string | null }) {
  const changes = row.changes.filter(({ field }) => only === null || field === only);
  return (
    <>
      {row.sentence && <p>{row.sentence}</p>}
      {changes.length > 0 && (
        <dl className="comparison-changes">
          {changes.map((change) => (
            <div key={`${change.field} ${change.kind}`}>
              <dt className={only === null ? undefined : "slds-assistive-text"}>{change.label}</dt>
              <dd>
                <Change change={change} />
              </dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
}

function Change({ change: { kind, before, after } }: { change: ComparisonChange }) {
  const was = kind === "unknown" ? <em className="mappings-quiet">not known</em> : <Value value={before} />;
  if (kind === "kept") {
    return (
      <>
        {was} <span className="mappings-quiet">stays ({kindWords.kept}); S-360 has</span>{" "}
        <Value value={after} />
      </>
    );
  }
  return (
    <>
      {was} <span aria-hidden="true">→</span>
      <span className="slds-assistive-text">becomes</span> <Value value={after} />
    </>
  );
}
