"use client";

import { useState } from "react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { mappingTitle } from "../mappings/names";
import { reprocessQuery } from "../mappings/reprocess/queries";
import { ReprocessNotice } from "../mappings/reprocess/reprocess-notice";
import { Alert } from "../ui/alert";
import { Button } from "../ui/button";
import { Problem, problemSentence } from "../ui/problem";
import { useToast } from "../ui/toast";
import { countMapChange, mapCensusQuery } from "./queries";
import type { ValueMapEditor } from "./use-value-map";

/** Once the map was saved, by whomever and whenever: the records that it concerns, found and re-processed on demand. */
export function ChangedRecords({ editor: { place, opened } }: { editor: ValueMapEditor }) {
  const query = mapCensusQuery(place, opened.revision);
  const known = useQuery({ ...query, enabled: opened.revision > 0 });
  const [asked, setAsked] = useState<number | null>(null);
  const client = useQueryClient();
  const toast = useToast();
  const find = useMutation({
    mutationFn: () => countMapChange(place),
    onSuccess: async (found) => {
      await Promise.all(found.counted.map(({ id }) => client.invalidateQueries(reprocessQuery(id))));
      client.setQueryData(query.queryKey, found);
      setAsked(opened.revision);
    },
    onError: (error) => toast.error("Nothing was counted", problemSentence(error)),
  });
  if (known.error && !known.data) {
    const title = "Whether records keep what was written before could not be read";
    return <Problem error={known.error} title={title} onRetry={() => void known.refetch()} />;
  }
  const counted = known.data?.counted ?? [];
  return (
    <>
      {known.data?.uncounted && (
        <Alert
          tone="info"
          title="Records keep what was written before"
          actions={
            <Button icon="search" busy={find.isPending} onClick={() => find.mutate()}>
              Find the records
            </Button>
          }
        >
          What is saved counts for what comes from then on. Find the records that were written otherwise, and
          re-process them.
        </Alert>
      )}
      {counted.map((mapping) => (
        <section key={mapping.id} aria-label={`Re-processing ${mappingTitle(mapping)}`}>
          {counted.length > 1 && <h2 className="slds-text-heading_small">{mappingTitle(mapping)}</h2>}
          <ReprocessNotice mapping={mapping} asked={asked === opened.revision} />
        </section>
      ))}
    </>
  );
}
