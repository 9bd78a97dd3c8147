"use client";

import { Alert } from "../../ui/alert";
import { Card } from "../../ui/card";
import { Problem } from "../../ui/problem";
import type { Editor } from "../editor/use-editor";
import { ComparisonForm } from "./comparison-form";
import { ComparisonProgress } from "./comparison-progress";
import { ComparisonResult } from "./comparison-result";
import { useComparison } from "./use-comparison";
import { outdatedBecause } from "./words";
import "./comparison.css";

interface ComparisonCardProps {
  editor: Editor;
  /** Why the lines as typed cannot be tried; null when they can. */
  incomplete: string | null;
}

/** The lines as typed against what Salesforce holds, on real records, before anything is written. */
export function ComparisonCard({ editor: { mapping, document }, incomplete }: ComparisonCardProps) {
  const { run, running, begin, beginning, stop, error } = useComparison(mapping.id);
  const now = { document, versionId: mapping.published?.id ?? null };
  const outdated = run ? outdatedBecause(run, now) : null;
  return (
    <Card title="What would change in Salesforce">
      <ComparisonForm
        mappingId={mapping.id}
        busy={beginning}
        blocked={incomplete}
        onBegin={(given) => begin({ ...given, document })}
      />
      {error !== null && error !== undefined && <Problem error={error} title="Nothing was compared" />}
      {run && running && <ComparisonProgress run={run} onStop={stop} />}
      {run && !running && (
        <>
          {outdated !== null ? (
            <Alert tone="info" title={outdated} live />
          ) : (
            run.sentence && (
              <Alert tone={run.state === "failed" ? "error" : "info"} title={run.sentence} live />
            )
          )}
          {run.summary && (
            <ComparisonResult
              mappingId={mapping.id}
              run={run}
              summary={run.summary}
              outdated={outdated !== null}
            />
          )}
        </>
      )}
    </Card>
  );
}
