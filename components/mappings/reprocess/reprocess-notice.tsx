"use client";

import { useEffect, useRef, useState } from "react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { sameMapping } from "@/lib/core/mapping/difference";
import type { MappingDetail, ReprocessRun, VersionSummary } from "@/lib/mappings/contract";
import { Alert } from "../../ui/alert";
import { Button } from "../../ui/button";
import { ConfirmDialog } from "../../ui/confirm-dialog";
import { count, counted } from "../../ui/numbers";
import { Problem, problemSentence } from "../../ui/problem";
import { ProgressBar } from "../../ui/progress-bar";
import { RelativeTime } from "../../ui/relative-time";
import { useToast } from "../../ui/toast";
import { summarySentence } from "../shadow/words";
import { shadowQuery } from "../shadow/queries";
import { changeReprocess, reprocessQuery, startReprocess, type ReprocessChange } from "./queries";

interface ReprocessNoticeProps {
  mapping: MappingDetail;
}

/** After a publication: the records that still carry the result of an earlier version, and the way to take them through. */
export function ReprocessNotice({ mapping }: ReprocessNoticeProps) {
  const status = useQuery(reprocessQuery(mapping.id));
  const { published } = mapping;
  const place = useInSight(published?.id ?? null);
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
  const { run, records } = status.data;
  const isOpen = run?.state === "running" || run?.state === "paused";
  const isOf = run?.versionId === published.id;
  return (
    <div ref={place}>
      {run && isOpen && <Underway mapping={mapping} run={run} />}
      {run && !isOpen && isOf && <Ended run={run} />}
      {records > 0 && published.number > 1 && (!isOf || run.state === "cancelled") && (
        <Offer mapping={mapping} published={published} records={records} />
      )}
    </div>
  );
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

interface OfferProps {
  mapping: MappingDetail;
  published: VersionSummary;
  records: number;
}

function Offer({ mapping, published, records }: OfferProps) {
  const [asked, setAsked] = useState(false);
  const client = useQueryClient();
  const toast = useToast();
  const expected = useExpected(mapping);
  const start = useMutation({
    mutationFn: () => startReprocess(mapping.id, published.id),
    onSuccess: (status) => client.setQueryData(reprocessQuery(mapping.id).queryKey, status),
    onError: (error) => {
      toast.error("Nothing was re-processed", problemSentence(error));
      void client.invalidateQueries({ queryKey: reprocessQuery(mapping.id).queryKey });
    },
    onSettled: () => setAsked(false),
  });
  return (
    <Alert
      tone="info"
      title={`Records still carry the result of earlier versions: ${count(records)} in all`}
      actions={
        <Button variant="outline-brand" icon="refresh" onClick={() => setAsked(true)}>
          Re-process
        </Button>
      }
    >
      Version {published.number} runs for what comes from now on. Re-process to write it to the records whose
      result changes.
      {expected && ` When the draft was compared: ${expected}`}
      <ConfirmDialog
        open={asked}
        onOpenChange={setAsked}
        title={`Re-process ${counted(records, "record")}?`}
        confirmLabel="Re-process"
        onConfirm={() => start.mutate()}
        busy={start.isPending}
      >
        Every record is taken through version {published.number}. Only what differs is written to Salesforce,
        up to 1,000 records for one API call (two where edits go back to S-360); all others cost none. It goes
        on behind what S-360 sends meanwhile, and can be paused.
        {expected && <p className="slds-m-top_small">{`When the draft was compared: ${expected}`}</p>}
      </ConfirmDialog>
    </Alert>
  );
}

/** What the latest comparison said of the very lines that run now. */
function useExpected({ id, publishedDocument }: MappingDetail): string | null {
  const run = useQuery(shadowQuery(id)).data;
  if (!run?.summary || !publishedDocument || !sameMapping(run.document, publishedDocument)) return null;
  return `of ${counted(run.summary.records, "record")}, ${summarySentence(run.summary)}`;
}

function Underway({ mapping, run }: { mapping: MappingDetail; run: ReprocessRun }) {
  const client = useQueryClient();
  const toast = useToast();
  const change = useMutation({
    mutationFn: (what: ReprocessChange) => changeReprocess(mapping.id, { runId: run.id, change: what }),
    onSuccess: (status) => client.setQueryData(reprocessQuery(mapping.id).queryKey, status),
    onError: (error) => {
      toast.error("Nothing was changed", problemSentence(error));
      void client.invalidateQueries({ queryKey: reprocessQuery(mapping.id).queryKey });
    },
  });
  const isPaused = run.state === "paused";
  return (
    <Alert
      tone={isPaused || run.halted ? "warning" : "info"}
      title={isPaused ? `Re-processing is paused` : `Re-processing through version ${run.number}`}
      actions={
        <div className="mappings-buttons">
          <Button
            icon={isPaused ? "play" : "pause"}
            busy={change.isPending}
            onClick={() => change.mutate(isPaused ? "resume" : "pause")}
          >
            {isPaused ? "Resume" : "Pause"}
          </Button>
          <Button icon="close" busy={change.isPending} onClick={() => change.mutate("cancel")}>
            Cancel the rest
          </Button>
        </div>
      }
    >
      <ProgressBar label="Re-processing" done={run.through} total={run.total} />
      <p>{progressSentence(run)}</p>
      {run.halted && <p>{run.halted}</p>}
    </Alert>
  );
}

function Ended({ run }: { run: ReprocessRun }) {
  return (
    <Alert tone={run.failed > 0 ? "warning" : "success"} live>
      {run.state === "done" ? "Re-processed" : "Re-processing was cancelled"}{" "}
      <RelativeTime at={run.endedAt} />: {progressSentence(run)}
    </Alert>
  );
}

function progressSentence({ through, total, written, failed, number }: ReprocessRun): string {
  const some = `${count(through)} of ${counted(total, "record")} taken through version ${number}, ${count(written)} written to Salesforce.`;
  return failed > 0 ? `${some} ${count(failed)} did not get through: see Records.` : some;
}
