"use client";

import { useState } from "react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ValueMapEntries } from "@/lib/core/mapping/document";
import { mostMapsBefore } from "@/lib/mappings/reprocess-contract";
import { type MappingSummary } from "@/lib/mappings/contract";
import { mappingTitle } from "../mappings/names";
import { reprocessQuery } from "../mappings/reprocess/queries";
import { ReprocessNotice } from "../mappings/reprocess/reprocess-notice";
import { Alert } from "../ui/alert";
import { Button } from "../ui/button";
import { counted } from "../ui/numbers";
import { problemSentence } from "../ui/problem";
import { useToast } from "../ui/toast";
import { countMapChange } from "./queries";
import type { ValueMapEditor } from "./use-value-map";
import { differencesOf } from "./words";

/** Once something was saved that may change results: the records that used it, found and re-processed on demand. */
export function ChangedRecords({ editor: { place, opened } }: { editor: ValueMapEditor }) {
  const before = useEarlier(opened.entries);
  const [found, setFound] = useState<{ revision: number; mappings: readonly MappingSummary[] } | null>(null);
  const client = useQueryClient();
  const toast = useToast();
  const find = useMutation({
    mutationFn: () => countMapChange(place, before),
    onSuccess: async (mappings) => {
      await Promise.all(mappings.map(({ id }) => client.invalidateQueries(reprocessQuery(id))));
      setFound({ revision: opened.revision, mappings });
    },
    onError: (error) => toast.error("Nothing was counted", problemSentence(error)),
  });
  const changes = new Set(
    before.flatMap((entries) => differencesOf(entries, opened.entries).map(({ code }) => code)),
  ).size;
  const isUsed = opened.uses.some(({ published }) => published);
  const asks = changes > 0 && isUsed && found?.revision !== opened.revision;
  return (
    <>
      {asks && (
        <Alert
          tone="info"
          title="Records keep what was written before"
          actions={
            <Button icon="search" busy={find.isPending} onClick={() => find.mutate()}>
              Find the records
            </Button>
          }
        >
          {`What you saved counts for what comes from now on. Find the records that used the ${counted(changes, "code")} that changed since you opened this page, and re-process them.`}
        </Alert>
      )}
      {found?.mappings.map((mapping) => (
        <section key={mapping.id} aria-label={`Re-processing ${mappingTitle(mapping)}`}>
          {found.mappings.length > 1 && <h2 className="slds-text-heading_small">{mappingTitle(mapping)}</h2>}
          <ReprocessNotice mapping={mapping} asked />
        </section>
      ))}
    </>
  );
}

/** How the map was before, each time it was saved since the page was opened: records may carry any of that. */
function useEarlier(entries: ValueMapEntries): readonly ValueMapEntries[] {
  const [seen, setSeen] = useState<readonly ValueMapEntries[]>([entries]);
  if (seen.at(-1) !== entries) setSeen([...seen, entries].slice(-mostMapsBefore - 1));
  return seen.filter((one) => differencesOf(one, entries).length > 0).slice(-mostMapsBefore);
}
