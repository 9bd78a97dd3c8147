"use client";

import { useEffect, useRef, useState } from "react";
import { useQuery } from "@tanstack/react-query";
import type { Census, ReprocessStatus } from "@/lib/mappings/reprocess-contract";
import type { MappingSummary, VersionSummary } from "@/lib/mappings/contract";
import { Alert } from "../../ui/alert";
import { Button } from "../../ui/button";
import { ConfirmDialog } from "../../ui/confirm-dialog";
import { counted } from "../../ui/numbers";
import { Problem } from "../../ui/problem";
import { CensusNotice } from "./census-notice";
import { ChangedFields } from "./changed-fields";
import { askReprocess, beginsAtOnce, isOpen, reprocessQuery, useAsking } from "./queries";
import { EndedNotice, RunNotice } from "./run-notice";

interface ReprocessNoticeProps {
  mapping: Pick<MappingSummary, "id" | "published" | "direction">;
  /** Somebody has just asked: also that there is nothing to do is told. */
  asked?: boolean;
}

/** After a publication: how many records' result it changes, and the way to take them through. */
export function ReprocessNotice({ mapping, asked = false }: ReprocessNoticeProps) {
  const { published } = mapping;
  const status = useStatus(mapping.id, published?.id ?? null);
  const place = useInSight(published?.id ?? null);
  const [openedAt] = useState(published?.id);
  if (status.error) {
    return (
      <Problem
        error={status.error}
        title="How re-processing stands could not be read"
        onRetry={() => void status.refetch()}
      />
    );
  }
  if (!status.data || !published || mapping.direction !== "in") return null;
  const { run } = status.data;
  const goesOn = isOpen(run);
  const isOf = run?.versionId === published.id;
  return (
    <div ref={place}>
      {goesOn && <RunNotice mappingId={mapping.id} run={run} />}
      {run && !goesOn && isOf && <EndedNotice run={run} />}
      {!(goesOn && isOf) && (
        <Next
          mappingId={mapping.id}
          published={published}
          isNew={asked || published.id !== openedAt}
          status={status.data}
        />
      )}
    </div>
  );
}

/** Publishing begins to count: what was known of the version before is old then. */
function useStatus(mappingId: number, versionId: number | null) {
  const status = useQuery(reprocessQuery(mappingId));
  const known = useRef(versionId);
  const { refetch } = status;
  useEffect(() => {
    if (known.current === versionId) return;
    known.current = versionId;
    void refetch();
  }, [versionId, refetch]);
  return status;
}

/** Who has just published or restored, far down the page, is to see what to do next. */
function useInSight(versionId: number | null) {
  const place = useRef<HTMLDivElement>(null);
  const shown = useRef(versionId);
  useEffect(() => {
    if (shown.current === versionId) return;
    shown.current = versionId;
    place.current?.scrollIntoView({ block: "center" });
  }, [versionId]);
  return place;
}

interface NextProps {
  mappingId: number;
  published: VersionSummary;
  /** Published while the page was open. */
  isNew: boolean;
  status: ReprocessStatus;
}

function Next({ mappingId, published, isNew, status: { census, run } }: NextProps) {
  if (!census) return run?.versionId === published.id ? null : <Uncounted {...{ mappingId, published }} />;
  if (census.state !== "done") return <CensusNotice version={published.number} {...{ mappingId, census }} />;
  if (beginsAtOnce(census)) {
    return (
      <Alert tone="info" live>
        {`${counted(census.left, "record")} found: re-processing begins.`}
      </Alert>
    );
  }
  if (census.left > 0) return <Offer {...{ mappingId, published, census, run }} />;
  // Where nothing had come yet there is nothing to tell either.
  if (census.changed > 0 || census.total === 0 || !isNew) return null;
  return (
    <Alert tone="success">
      {census.valueMap !== null
        ? `What is saved in ${census.valueMap} changes the result of no record`
        : `Version ${published.number} changes the result of no record`}
      : there is nothing to re-process.
    </Alert>
  );
}

function Uncounted({ mappingId, published }: Omit<NextProps, "status" | "isNew">) {
  const begin = useAsking(mappingId, "Nothing was counted", () =>
    askReprocess.count(mappingId, published.id),
  );
  return (
    <Alert
      tone="info"
      title="Records may have been written otherwise than this version says"
      actions={
        <Button icon="refresh" busy={begin.isPending} onClick={() => begin.mutate(undefined)}>
          Count them
        </Button>
      }
    >
      Version {published.number} runs for what comes from now on.
    </Alert>
  );
}

interface OfferProps extends Omit<NextProps, "status" | "isNew"> {
  census: Census;
  run: ReprocessStatus["run"];
}

function Offer({ mappingId, published, census, run }: OfferProps) {
  const [asked, setAsked] = useState(false);
  const start = useAsking(mappingId, "Nothing was re-processed", () =>
    askReprocess.start(mappingId, published.id).finally(() => setAsked(false)),
  );
  const { left, valueMap } = census;
  return (
    <Alert
      tone="info"
      title={
        valueMap !== null
          ? `Re-process the ${counted(left, "record")} whose result changed with ${valueMap}`
          : `Re-process the ${counted(left, "record")} whose result changes`
      }
      live
      actions={
        <Button variant="outline-brand" icon="refresh" onClick={() => setAsked(true)}>
          Re-process
        </Button>
      }
    >
      Version {published.number} runs for what comes from now on. {comparedSentence(census, published)}
      <ChangedFields census={census} />
      <ConfirmDialog
        open={asked}
        onOpenChange={setAsked}
        title={`Re-process ${counted(left, "record")}?`}
        confirmLabel="Re-process"
        onConfirm={() => start.mutate(undefined)}
        busy={start.isPending}
      >
        The records whose result changes are taken through version {published.number} and written to
        Salesforce, up to 1,000 for one API call (two where edits go back to S-360). It goes on behind what
        S-360 sends meanwhile, and can be paused.
        {isOpen(run) && ` It takes in what is left of the re-processing through version ${run.number}.`}
      </ConfirmDialog>
    </Alert>
  );
}

function comparedSentence({ left, looked }: Census, { number }: VersionSummary): string {
  const all = `All ${counted(looked, "record")} were compared with what was last written`;
  if (left === looked) return `${all}.`;
  return `${all}: the others hold the result already${number === 1 ? ", or take no part" : ""}.`;
}
