"use client";

import { usuallyCompared } from "@/lib/comparison/contract";
import { Alert } from "../../ui/alert";
import { Button } from "../../ui/button";
import { Problem } from "../../ui/problem";
import type { Editor } from "../editor/use-editor";
import { ComparisonProgress } from "./comparison-progress";
import { ComparisonResult } from "./comparison-result";
import { useComparison } from "./use-comparison";
import { outdatedBecause } from "./words";
import "./comparison.css";

/** Beside the question why: what the draft would change, or that nobody has looked. */
export function PublishComparison({ editor: { mapping, document } }: { editor: Editor }) {
  const { run, running, begin, beginning, stop, error } = useComparison(mapping.id);
  const now = { document, versionId: mapping.published?.id ?? null };
  const fits = run && outdatedBecause(run, now) === null ? run : null;
  if (run === undefined && !error) return null;
  return (
    <section aria-label="What would change in Salesforce" className="slds-m-top_medium">
      <h3 className="slds-text-heading_small slds-m-bottom_x-small">What would change in Salesforce</h3>
      {error !== null && error !== undefined && <Problem error={error} title="Nothing was compared" />}
      {fits && running && <ComparisonProgress run={fits} onStop={stop} />}
      {fits && !running && fits.summary && (
        <ComparisonResult mappingId={mapping.id} run={fits} summary={fits.summary} />
      )}
      {!(fits && (running || fits.summary)) && (
        <Alert
          tone="warning"
          title="Not compared with real records"
          actions={
            <Button
              busy={beginning}
              onClick={() => begin({ document, wanted: usuallyCompared, fresh: false })}
            >
              Compare the latest {usuallyCompared}
            </Button>
          }
        >
          {fits?.sentence ?? "Nobody has looked yet at what this draft would change."}
        </Alert>
      )}
    </section>
  );
}
