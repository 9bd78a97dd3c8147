"use client";

import { usuallyCompared } from "@/lib/comparison/contract";
import { classes } from "../../ui/classes";
import { Alert } from "../../ui/alert";
import { Button } from "../../ui/button";
import { Problem } from "../../ui/problem";
import { RelativeTime } from "../../ui/relative-time";
import type { Editor } from "../editor/use-editor";
import { ComparisonProgress } from "./comparison-progress";
import { useComparison } from "./use-comparison";
import { basisSentence, outdatedBecause, summarySentence } from "./words";
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
        <>
          <p
            className={classes(
              "comparison-result__sentence",
              fits.summary.fates.leaves > 0 && "comparison-result__sentence_warning",
            )}
          >
            {summarySentence(fits.summary)}
          </p>
          <p className="mappings-quiet">
            Compared <RelativeTime at={fits.startedAt} /> by {fits.by}: {basisSentence(fits)}
          </p>
        </>
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
          {fits?.sentence ??
            "Nobody has looked yet at what this draft would change. It can go out all the same."}
        </Alert>
      )}
    </section>
  );
}
