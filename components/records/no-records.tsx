"use client";

import { Button } from "../ui/button";
import { EmptyState } from "../ui/empty-state";
import type { ListFilter } from "./queries";
import { useAddress } from "./use-address";
import { kindLabel, stateWords, streamLabels } from "./words";
import { kindTable } from "@/lib/core/kinds";

/** Why the list is empty, and what to do. */
export function NoRecords({ filter }: { filter: ListFilter }) {
  const [, change] = useAddress();
  const { connection, q, state, stream, kind, imported, run, census } = filter;
  if (!q && !state && !stream && !kind && !imported && !run && !census) {
    return (
      <EmptyState title="S-360 has not sent anything yet">
        Set up the webhooks in S-360’s back office to post to <code>/s360/contacts/{connection}</code> and{" "}
        <code>/s360/orders/{connection}</code> of this connector. What arrives shows up here by itself.
      </EmptyState>
    );
  }
  const narrowed = [
    state && stateWords[state].label.toLowerCase(),
    kind && kindLabel({ kind, family: kindTable[kind].family }).toLowerCase(),
    stream && streamLabels[stream].toLowerCase(),
    imported && "of that import",
    run && "held up on its way through that re-processing",
    census && "one whose result changes and that is not re-processed yet",
  ].filter((word) => word !== undefined);
  return (
    <EmptyState
      title={q ? `Nothing matches “${q}”` : `No record is ${narrowed.join(", ")}`}
      actions={<Button onClick={() => change({})}>Show all records</Button>}
    >
      {q ? (
        <>
          A number or a Salesforce id must be whole; of a name or an e-mail the beginning is enough.
          {narrowed.length > 0 && ` The list is also narrowed to: ${narrowed.join(", ")}.`}
        </>
      ) : (
        "Nothing to do here. Clear the filter to see the others."
      )}
    </EmptyState>
  );
}
