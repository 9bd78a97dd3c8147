"use client";

import type { ImportStatus } from "@/lib/imports/contract";
import { Alert } from "../ui/alert";
import { Badge } from "../ui/badge";
import { Card } from "../ui/card";
import { count, counted } from "../ui/numbers";
import { RelativeTime } from "../ui/relative-time";
import { SameConnectionLink } from "../ui/same-connection-link";
import { ApprovalNotice } from "./approval-notice";
import { CanaryList } from "./canary-list";
import { EndTiles } from "./end-tiles";
import { ImportBar } from "./import-bar";
import { RequestText } from "./request-text";
import { SteeringButtons } from "./steering-buttons";
import { paceSentence, progressSentence, requestText, standingOf, streamWords } from "./words";

interface ImportCardProps {
  institution: string;
  run: ImportStatus;
}

/** How an import stands, and what can be done with it. */
export function ImportCard({ institution, run }: ImportCardProps) {
  const { stream, counts, approvedAt, halted } = run;
  const { label, tone } = standingOf(run);
  const pace = run.state === "running" ? paceSentence(run.estimate) : null;
  const isLookedAt = approvedAt === null && counts.released > 0;
  return (
    <Card
      title={`Import of ${streamWords[stream].many}`}
      aside={<Badge tone={tone}>{label}</Badge>}
      icon="import"
      footer={
        <SameConnectionLink path={`/import/${run.id}`}>
          Report: outcomes, faults, and what is not written
        </SameConnectionLink>
      }
    >
      <p className="imports-facts">
        Changed since {run.since} · begun <RelativeTime at={run.startedAt} /> by {run.startedBy}
        {run.approvedBy && run.canaryStep > 0 && ` · approved by ${run.approvedBy}`}
        {run.closedAt && run.endedAt === null && " · takes nothing more"}
      </p>
      <SteeringButtons institution={institution} run={run} />
      <ImportBar run={run} />
      <p aria-live="polite">
        {progressSentence(run)} {pace}
      </p>
      {halted && <Alert tone="warning">{halted}</Alert>}
      {counts.received === 0 && run.closedAt === null && (
        <RequestText
          title="Nothing has come yet. S-360 sends once SecuTix was asked to:"
          text={requestText(institution, [stream], run.since)}
        />
      )}
      {run.state === "cancelled" && counts.held > 0 && (
        <Alert tone="info">
          {counted(counts.held, "record")} stay stored and are not written. Whatever S-360 tells anew of them
          is written as usual; all of them are with “Write them after all”.
        </Alert>
      )}
      <EndTiles run={run} />
      {isLookedAt && run.state !== "cancelled" && <ApprovalNotice institution={institution} run={run} />}
      {counts.released > 0 && run.canaryStep > 0 && (
        <details className="imports-fold" open={isLookedAt}>
          <summary>
            The first {count(Math.min(counts.released, run.canary))} records, as they were written
          </summary>
          <CanaryList run={run} />
        </details>
      )}
    </Card>
  );
}
