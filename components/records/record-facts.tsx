import type { ReactNode } from "react";
import type { DirectionStatus, RecordDetail } from "@/lib/records/contract";
import { Card } from "../ui/card";
import { LocalTime, RelativeTime } from "../ui/relative-time";
import { Link } from "./record-link";
import { kindLabel, numberLabel, numberOf, stateWords, streamLabels, writtenToNames } from "./words";

/** What is known of the record, in label and value. */
export function RecordFacts({ record }: { record: RecordDetail }) {
  return (
    <Card title="Details">
      <dl className="records-facts">
        <Fact label={numberLabel(record.family)}>
          <span className="records-id">{numberOf(record)}</span>
        </Fact>
        <Fact label="Kind">{record.kind ? kindLabel(record) : "Not known yet"}</Fact>
        {record.directions.map((direction) => (
          <DirectionFacts
            key={direction.direction}
            direction={direction}
            beingWritten={record.beingWritten}
            bulkJob={direction.direction === "in" ? record.bulkJob : null}
          />
        ))}
        {record.links.map(({ mappingId, object, salesforceId, url, writtenAt, goneAt, alias }) => (
          <Fact key={mappingId} label={`${object} in Salesforce`}>
            <a href={url} target="_blank" rel="noreferrer" className="records-id">
              {salesforceId}
            </a>
            <span className="records-quiet">
              {" "}
              agreed <RelativeTime at={writtenAt} />
              {goneAt && (
                <>
                  , deleted <RelativeTime at={goneAt} />
                </>
              )}
              {alias && ", merged: another number is the one that is written"}
            </span>
          </Fact>
        ))}
        {record.mergedInto && (
          <Fact label="Merged into">
            <Link record={record.mergedInto}>{numberOf(record.mergedInto)}</Link>
          </Fact>
        )}
        {record.mergedInS360 && (
          <Fact label="Merged in S-360 into">
            <Link record={record.mergedInS360.into}>{numberOf(record.mergedInS360.into)}</Link>
          </Fact>
        )}
        {record.formerNumbers.total > 0 && (
          <Fact label={record.formerNumbers.total === 1 ? "Former number" : "Former numbers"}>
            {record.formerNumbers.records.map((other, index) => (
              <span key={other.id}>
                {index > 0 && ", "}
                <Link record={other}>{numberOf(other)}</Link>
              </span>
            ))}
            <span className="records-quiet"> merged into this one in S-360, not written</span>
          </Fact>
        )}
        {record.secondNumbers.total > 0 && (
          <Fact label={record.secondNumbers.total === 1 ? "Second number" : "Further numbers"}>
            {record.secondNumbers.records.map((other, index) => (
              <span key={other.id}>
                {index > 0 && ", "}
                <Link record={other}>{numberOf(other)}</Link>
              </span>
            ))}
            <span className="records-quiet"> merged into this record in Salesforce, not written</span>
          </Fact>
        )}
        <Fact label="First seen">
          <LocalTime at={record.createdAt} />
        </Fact>
        <Fact label="Last told by S-360">
          {record.sourceState ? <LocalTime at={record.updatedAt} /> : "Not yet"}
        </Fact>
      </dl>
    </Card>
  );
}

interface DirectionFactsProps {
  direction: DirectionStatus;
  beingWritten: boolean;
  bulkJob: RecordDetail["bulkJob"];
}

function DirectionFacts({ direction, beingWritten, bulkJob }: DirectionFactsProps) {
  const { state, stream, writtenAt, dueAt, version, syncedVersion } = direction;
  const target = writtenToNames[direction.direction];
  return (
    <>
      <Fact label={streamLabels[stream]}>
        {stateWords[state].label}. {stateWords[state].meaning}
      </Fact>
      {dueAt && (
        <Fact label="Next try">
          {bulkJob && <InBulkJob job={bulkJob} />}
          {!bulkJob && (beingWritten ? "Being written at this moment" : <RelativeTime at={dueAt} ahead />)}
        </Fact>
      )}
      <Fact label="Last written">
        <LocalTime at={writtenAt} fallback="Never by the connector" />
      </Fact>
      <Fact label="Version">
        {version}
        {syncedVersion === 0 && `, none of them in ${target} yet`}
        {syncedVersion > 0 && syncedVersion < version && `, in ${target} is ${syncedVersion}`}
      </Fact>
    </>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="records-facts__row">
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function InBulkJob({ job: { since, url } }: { job: NonNullable<RecordDetail["bulkJob"]> }) {
  return (
    <>
      In a <BulkJobName url={url} /> since <LocalTime at={since} />. What comes meanwhile is written after it.
    </>
  );
}

function BulkJobName({ url }: { url: string | null }) {
  if (url === null) return "Bulk job";
  return (
    <a href={url} target="_blank" rel="noreferrer">
      Bulk job
    </a>
  );
}
