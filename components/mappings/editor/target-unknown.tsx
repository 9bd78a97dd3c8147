"use client";

import { Alert } from "../../ui/alert";
import { Button } from "../../ui/button";
import { Problem } from "../../ui/problem";
import { useAskTarget } from "./use-ask-target";

/** The fields of the object are not known, and can be asked for. */
export function TargetUnknown({ mappingId }: { mappingId: number }) {
  const ask = useAskTarget(mappingId);
  return (
    <Alert
      tone="info"
      title="Salesforce has not been asked for its fields yet"
      actions={
        <Button icon="refresh" busy={ask.isPending} onClick={() => ask.mutate()}>
          Ask Salesforce now
        </Button>
      }
    >
      That happens with the first record. Until then lines can be edited, but not tried.
      {ask.error && <Problem error={ask.error} title="Salesforce could not be asked" />}
    </Alert>
  );
}
