"use client";

import { useQuery } from "@tanstack/react-query";
import type { S360Pace } from "@/lib/reviews/contract";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { count, counted } from "../ui/numbers";
import { Problem, problemSentence } from "../ui/problem";
import { LocalTime } from "../ui/relative-time";
import { Skeleton } from "../ui/skeleton";
import { useToast } from "../ui/toast";
import { PaceForm } from "./pace-form";
import { paceQuery, useGrantPace } from "./queries";

/** How many calls a minute go to S-360, and a higher rate for a while. */
export function PaceCard({ institution }: { institution: string }) {
  const { data, isError, error } = useQuery(paceQuery(institution));
  return (
    <Card title="Calls to S-360" icon="api-calls">
      {data ? (
        <Rate institution={institution} pace={data} />
      ) : isError ? (
        <Problem error={error} title="The rate could not be read" />
      ) : (
        <Skeleton lines={2} label="Reading the rate" />
      )}
    </Card>
  );
}

function Rate({ institution, pace: { usual, boost } }: { institution: string; pace: S360Pace }) {
  const toast = useToast();
  const { mutate, isPending } = useGrantPace(institution);
  const set = (next: { perMinute: number; until: string } | null) =>
    mutate(next, {
      onSuccess: () =>
        toast.success(next ? "The higher rate holds from now on" : "The usual rate holds again"),
      onError: (error) => toast.error("The rate was not changed", problemSentence(error)),
    });
  if (!boost) {
    return (
      <>
        <p className="slds-m-bottom_small">At most {counted(usual, "call")} a minute, as set up.</p>
        <PaceForm usual={usual} busy={isPending} onSubmit={set} />
      </>
    );
  }
  return (
    <>
      <p className="slds-m-bottom_small">
        At most {counted(boost.perMinute, "call")} a minute until <LocalTime at={boost.until} />; after that{" "}
        {count(usual)} again.
      </p>
      <Button onClick={() => set(null)} busy={isPending}>
        Back to the usual rate now
      </Button>
    </>
  );
}
