"use client";

import { useQuery } from "@tanstack/react-query";
import type { WebhookAddress } from "./webhook-addresses";
import { BulkJobs } from "./bulk-jobs";
import { ApiCalls } from "./api-calls";
import { HealthHeader } from "./health-header";
import { Holds } from "./hold";
import { refusedCallsQuery, statusQuery } from "./queries";
import { RefusedCalls } from "./refused-calls";
import { StreamCard } from "./stream-card";
import { WebhookAddresses } from "./webhook-addresses";
import { FirstSteps } from "./first-steps";
import { hasReceived } from "./condition";
import { Problem } from "../ui/problem";
import { Skeleton } from "../ui/skeleton";
import "./health.css";

interface HealthProps {
  institution: string;
  webhooks: readonly WebhookAddress[];
  /** Institution codes of all connections: refused calls to other codes concern everybody. */
  institutions: readonly string[];
}

/** How one connection is doing; refreshes itself. */
export function Health({ institution, webhooks, institutions }: HealthProps) {
  const { data: status, error, refetch } = useQuery(statusQuery(institution));
  const refused = useQuery(refusedCallsQuery());
  if (!status) {
    return error ? (
      <Problem error={error} title="The status could not be read" onRetry={refetch} />
    ) : (
      <Skeleton />
    );
  }
  const mine = refused.data?.filter(
    (call) => call.institution === institution || !institutions.includes(call.institution),
  );
  return (
    <>
      <HealthHeader status={status} />
      <Holds status={status} />
      {!status.streams.some(hasReceived) && <FirstSteps />}
      <div className="health-columns">
        <div className="health-main">
          <BulkJobs jobs={status.bulkJobs} />
          {status.streams.map((stream) => (
            <StreamCard
              key={stream.name}
              institution={institution}
              stream={stream}
              feed={stream.name === "contacts-out" ? status.feed : null}
              short={status.budget.waiting[stream.name]}
            />
          ))}
          {mine && <RefusedCalls calls={mine} institution={institution} />}
        </div>
        <div className="health-side">
          <ApiCalls status={status} />
          <WebhookAddresses webhooks={webhooks} />
        </div>
      </div>
    </>
  );
}
