import type { ReactNode } from "react";
import { actorOf } from "@/lib/core/fault-actor";
import type { Fault } from "@/lib/core/faults";
import type { DirectionStatus, RecordDetail, RecordMention } from "@/lib/records/contract";
import { Alert } from "../ui/alert";
import { LocalTime, RelativeTime } from "../ui/relative-time";
import { SameConnectionLink } from "../ui/same-connection-link";
import { MergedStanding } from "./merged-standing";
import { Link } from "./record-link";
import { StateBadge } from "./state-badge";
import { Standstills } from "./standstills";
import { actorWords, nameOf, numberLabel, numberOf, streamLabels, writtenToNames } from "./words";

/** What is the matter with the record, who must act and what happens next; nothing when all is well. */
export function Standing({ record }: { record: RecordDetail }) {
  const { directions, waitsFor, children, reviewId, links } = record;
  const asksAboutIt = directions.some(({ fault }) => fault?.code === "anonymised");
  const troubled = children.records.filter(({ state }) => state === "failed" || state === "review");
  return (
    <div className="records-standing">
      {directions.map((direction) => (
        <Trouble
          key={direction.direction}
          direction={direction}
          named={directions.length > 1}
          waitsFor={waitsFor}
        />
      ))}
      {troubled.length > 0 && (
        <Alert tone="error" title={`${troubled.length} of ${children.total} operations did not get through`}>
          The list of operations says why.
        </Alert>
      )}
      {reviewId !== null && (
        <Alert tone="warning" title="A review waits for a person to decide">
          <SameConnectionLink path="/reviews" query={{ review: reviewId }}>
            Decide it under Reviews
          </SameConnectionLink>
        </Alert>
      )}
      <MergedStanding record={record} />
      {record.mergedInto && (
        <Alert tone="info" title="Merged in Salesforce">
          The record of this number was merged into that of{" "}
          <Link record={record.mergedInto}>
            {numberLabel(record.family)} {numberOf(record.mergedInto)}
          </Link>
          , which alone is written from now on. What S-360 says of this number is kept.
        </Alert>
      )}
      {record.anonymised && !asksAboutIt && (
        <Alert
          tone="info"
          title={record.unknownToS360 ? "Not known to S-360 any more" : "Anonymised in S-360"}
        >
          {anonymisedWords(record.anonymised, links.length > 0)} Nothing of it goes back to S-360.{" "}
          {record.unknownToS360
            ? "When S-360 sends it again, it is written again."
            : "A call from before brings nothing back."}
        </Alert>
      )}
      {record.linkedLater.total > 0 && (
        <Alert tone="info" title="Written without its account">
          <Contacts records={record.linkedLater.records} /> is not in Salesforce. The sale is linked as soon
          as it is.
        </Alert>
      )}
      {record.anonymous && (
        <Alert tone="info" title="The order names no contact">
          {anonymousWords(record.anonymous, links.length > 0)}
        </Alert>
      )}
      {links.some(({ goneAt }) => goneAt) && (
        <Alert tone="info" title="Deleted in Salesforce">
          What S-360 says of it is kept, and not written. Should it be restored there, both go on.
        </Alert>
      )}
      <Standstills directions={directions} />
      {record.kind === null && !record.mergedInS360 && (
        <Alert tone="info" title="S-360 has not sent this record yet">
          It is known only because others refer to it. If it does not arrive, have the box office save it once
          in S-360: that sends it.
          {record.family === "contact" && " Should S-360 have merged it into another, say so here."}
        </Alert>
      )}
    </div>
  );
}

function Held() {
  return (
    <Alert tone="info" title="Stored, and held by an initial import">
      It is written when its turn comes, when S-360 tells something new of it, or when a sale of today needs
      it. <SameConnectionLink path="/import">How the import stands</SameConnectionLink>
    </Alert>
  );
}

interface TroubleProps {
  direction: DirectionStatus;
  /** The record goes both ways: say which one is meant. */
  named: boolean;
  waitsFor: RecordDetail["waitsFor"];
}

function Trouble({ direction, named, waitsFor }: TroubleProps) {
  const { state, fault, dueAt, attempts } = direction;
  if (state === "held") return <Held />;
  if (!fault) return null;
  const severe = state === "failed" || state === "review";
  return (
    <Alert tone={severe ? "error" : "warning"} title={fault.sentence}>
      {named && <p>{streamLabels[direction.stream]}</p>}
      {state !== "waiting" && <WhoMustAct fault={fault} direction={direction} />}
      {state === "retrying" && (
        <p>
          {attempts === 1 ? "Tried once" : `Tried ${attempts} times`}. Next try{" "}
          <RelativeTime at={dueAt} fallback="soon" ahead /> (
          <LocalTime at={dueAt} />
          ).
        </p>
      )}
      {state === "waiting" && waitsFor.total > 0 && (
        <p>
          <Contacts records={waitsFor.records} />
        </p>
      )}
      {fault.origin && (
        <p className="records-origin">
          In the words of {writtenToNames[direction.direction]}: {fault.origin.code}
          {fault.origin.message && `, ${fault.origin.message}`}
        </p>
      )}
    </Alert>
  );
}

function Contacts({ records }: { records: readonly RecordMention[] }) {
  return records.map((other, index) => (
    <Comma key={other.id} first={index === 0}>
      <Link record={other}>{nameOf(other)}</Link> <StateBadge of={other} quiet />
    </Comma>
  ));
}

function anonymousWords(choice: NonNullable<RecordDetail["anonymous"]>, written: boolean): string {
  switch (choice) {
    case "skip":
      return written
        ? "Such sales are not written by a rule; this one was written before, and is kept up to date."
        : "Such sales are not written: a rule says so.";
    case "unlinked":
      return "The sale is written without an account.";
    case "placeholder":
      return "The sale stands under the placeholder account that the rules name.";
  }
}

function anonymisedWords(rule: NonNullable<RecordDetail["anonymised"]>, linked: boolean): string {
  if (!linked) return "No record in Salesforce is linked to it.";
  switch (rule) {
    case "blank":
      return "By rule the fields that the mapping fills are emptied in Salesforce; the record stays.";
    case "review":
      return "Whether its Salesforce record is blanked is for a person to decide, under Reviews.";
    case "ignore":
      return "By rule its Salesforce record stays as it is.";
  }
}

function WhoMustAct({ fault, direction }: { fault: Fault; direction: DirectionStatus }) {
  const actor = actorOf(fault.code, direction.direction);
  const again = direction.state === "retrying";
  const source = direction.direction === "in" ? "S-360" : "Salesforce";
  const rest =
    actor === "nobody"
      ? again
        ? " It is tried again by itself."
        : ""
      : again
        ? " It is tried again by itself meanwhile."
        : direction.state === "review"
          ? ""
          : ` After that, a change in ${source} or “Try again” writes it.`;
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
