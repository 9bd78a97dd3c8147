"use client";

import { useQuery } from "@tanstack/react-query";
import type { CanaryRecord, ImportStatus } from "@/lib/imports/contract";
import { Changes } from "../records/changes";
import { Link } from "../records/record-link";
import { StateBadge } from "../records/state-badge";
import { attemptWords, kindLabel, nameOf, numberOf } from "../records/words";
import { Icon } from "../ui/icon";
import { counted } from "../ui/numbers";
import { Problem } from "../ui/problem";
import { SameConnectionLink } from "../ui/same-connection-link";
import { Skeleton } from "../ui/skeleton";
import { canaryQuery, isOver } from "./queries";

/** The first records of an import: what was written of each, what stood in the way, and where it is in Salesforce. */
export function CanaryList({ run }: { run: ImportStatus }) {
  const isGoing = !isOver(run) && run.approvedAt === null;
  const { data, error, refetch } = useQuery(canaryQuery(run.id, isGoing));
  if (!data) {
    return error ? (
      <Problem error={error} title="The first records could not be read" onRetry={refetch} />
    ) : (
      <Skeleton />
    );
  }
  const labels = new Map(Object.entries(data.labels));
  // What a person has to look at comes first.
  const records = data.records.toSorted((a, b) => Number(b.fault !== null) - Number(a.fault !== null));
  return (
    <ul className="imports-canary" aria-label="The first records">
      {records.map((record) => (
        <CanaryItem key={record.id} record={record} labels={labels} />
      ))}
    </ul>
  );
}

interface CanaryItemProps {
  record: CanaryRecord;
  labels: ReadonlyMap<string, string>;
}

function CanaryItem({ record, labels }: CanaryItemProps) {
  const { attempts, fault, links, reviewId } = record;
  const latest = attempts[0];
  const wrote = attempts.find(({ changes }) => changes.length > 0);
  return (
    <li className="imports-canary__item">
      <div className="imports-canary__head">
        <Link record={record} beside>
          {nameOf(record)}
        </Link>
        <span className="imports-quiet">
          {kindLabel(record)} {numberOf(record)}
        </span>
        <StateBadge of={record} quiet />
        {latest && <span className="imports-quiet">{attemptWords[latest.outcome].label}</span>}
        <span className="imports-canary__links">
          {links.map(({ object, salesforceId, url }) => (
            <a key={salesforceId} href={url} target="_blank" rel="noreferrer">
              {object} in Salesforce <Icon name="new-window" size="xx-small" />
              <span className="slds-assistive-text"> (opens in a new tab)</span>
            </a>
          ))}
        </span>
      </div>
      {fault && <p className="imports-problem">{fault.sentence}</p>}
      {reviewId !== null && (
        <p>
          <SameConnectionLink path="/reviews" query={{ review: reviewId }} beside>
            Decide it under Reviews
          </SameConnectionLink>
        </p>
      )}
      {wrote && (
        <details className="imports-fold">
          <summary>
            {counted(wrote.changes.length, "field")}
            <span className="slds-assistive-text"> of {nameOf(record)}</span>
          </summary>
          <Changes
            changes={wrote.changes}
            object={wrote.object}
            labels={labels}
            tried={!["created", "updated", "adopted"].includes(wrote.outcome)}
            open
          />
        </details>
      )}
    </li>
  );
}
