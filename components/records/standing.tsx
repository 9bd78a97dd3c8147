import type { ReactNode } from "react";
import { faultRow, type Fault } from "@/lib/core/faults";
import type { DirectionStatus, RecordDetail } from "@/lib/records/contract";
import { Alert } from "../ui/alert";
import { LocalTime, RelativeTime } from "../ui/relative-time";
import { Link } from "./record-link";
import { StateBadge } from "./state-badge";
import { actorWords, nameOf } from "./words";

/** What is the matter with the record, who must act and what happens next; nothing when all is well. */
export function Standing({ record }: { record: RecordDetail }) {
  const { directions, standstill, waitsFor, children } = record;
  const troubled = children.records.filter(({ state }) => state === "failed" || state === "review");
  return (
    <div className="records-standing">
      {directions.map((direction) => (
        <Trouble key={direction.direction} direction={direction} waitsFor={waitsFor} />
      ))}
      {troubled.length > 0 && (
        <Alert tone="error" title={`${troubled.length} of ${children.total} operations did not get through`}>
          The list of operations says why.
        </Alert>
      )}
      {directions.some(({ dueAt }) => dueAt) && <Standstill {...standstill} />}
      {record.kind === null && (
        <Alert tone="info" title="S-360 has not sent this record yet">
          It is known only because others refer to it. If it does not arrive, have the box office save it once
          in S-360: that sends it.
        </Alert>
      )}
    </div>
  );
}

function Trouble({
  direction,
  waitsFor,
}: {
  direction: DirectionStatus;
  waitsFor: RecordDetail["waitsFor"];
}) {
  const { state, fault, dueAt, attempts } = direction;
  if (!fault) return null;
  const severe = state === "failed" || state === "review";
  return (
    <Alert tone={severe ? "error" : "warning"} title={fault.sentence}>
      {state !== "waiting" && <WhoMustAct fault={fault} again={state === "retrying"} />}
      {state === "retrying" && (
        <p>
          {attempts === 1 ? "Tried once" : `Tried ${attempts} times`}. Next try{" "}
          <RelativeTime at={dueAt} fallback="soon" /> (
          <LocalTime at={dueAt} />
          ).
        </p>
      )}
      {state === "waiting" && waitsFor.total > 0 && (
        <p>
          {waitsFor.records.map((other, index) => (
            <Comma key={other.id} first={index === 0}>
              <Link record={other}>{nameOf(other)}</Link> <StateBadge of={other} quiet />
            </Comma>
          ))}
        </p>
      )}
      {fault.origin && (
        <p className="records-origin">
          In the words of Salesforce: {fault.origin.code}
          {fault.origin.message && `, ${fault.origin.message}`}
        </p>
      )}
    </Alert>
  );
}

function WhoMustAct({ fault, again }: { fault: Fault; again: boolean }) {
  const { actor } = faultRow(fault.code);
  const rest =
    actor === "nobody"
      ? again
        ? " It is tried again by itself."
        : ""
      : again
        ? " It is tried again by itself meanwhile."
        : " After that, a change in S-360 or “Try again” writes it.";
  return (
    <p>
      {actorWords[actor]}
      {rest}
    </p>
  );
}

function Comma({ first, children }: { first: boolean; children: ReactNode }) {
  return (
    <>
      {!first && ", "}
      {children}
    </>
  );
}

function Standstill({ pausedAt, blocked }: RecordDetail["standstill"]) {
  return (
    <>
      {pausedAt && (
        <Alert tone="warning" title="Its stream is paused">
          Paused <RelativeTime at={pausedAt} />. Resume it on the Health page; then this record is written.
        </Alert>
      )}
      {blocked && (
        <Alert tone="warning" title="Salesforce takes nothing at the moment">
          {blocked.sentence} Next try <RelativeTime at={blocked.until} />.
        </Alert>
      )}
    </>
  );
}
