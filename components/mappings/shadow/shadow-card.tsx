"use client";

import { Alert } from "../../ui/alert";
import { Card } from "../../ui/card";
import { Problem } from "../../ui/problem";
import type { Editor } from "../editor/use-editor";
import { ShadowForm } from "./shadow-form";
import { ShadowProgress } from "./shadow-progress";
import { ShadowResult } from "./shadow-result";
import { useShadow } from "./use-shadow";
import { outdatedBecause } from "./words";
import "./shadow.css";

interface ShadowCardProps {
  editor: Editor;
  /** Why the lines as typed cannot be tried; null when they can. */
  incomplete: string | null;
}

/** The lines as typed against what Salesforce holds, on real records, before anything is written. */
export function ShadowCard({ editor: { mapping, document }, incomplete }: ShadowCardProps) {
  const { run, running, begin, beginning, stop, error } = useShadow(mapping.id);
  const now = { document, versionId: mapping.published?.id ?? null };
  const outdated = run ? outdatedBecause(run, now) : null;
  return (
    <Card title="What would change in Salesforce">
      <ShadowForm
        mappingId={mapping.id}
        busy={beginning}
        blocked={incomplete}
        onBegin={(given) => begin({ ...given, document })}
      />
      {error !== null && error !== undefined && <Problem error={error} title="Nothing was compared" />}
      {run && running && <ShadowProgress run={run} onStop={stop} />}
      {run && !running && (
        <>
          {(outdated ?? run.sentence) && (
            <Alert tone={run.state === "failed" ? "error" : "info"} title={outdated ?? run.sentence} live />
          )}
          {run.summary && (
            <ShadowResult
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
