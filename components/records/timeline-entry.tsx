import type { ReactNode } from "react";
import type { TimelineAttempt, TimelineEvent } from "@/lib/records/contract";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { classes } from "../ui/classes";
import { counted } from "../ui/numbers";
import { LocalTime } from "../ui/relative-time";
import { SameConnectionLink } from "../ui/same-connection-link";
import type { Tone } from "../ui/tone";
import { Changes } from "./changes";
import { Conflicts } from "./conflicts";
import { FateBadge } from "./state-badge";
import { attemptWords, fateWords, writtenToNames } from "./words";

const mergeFollowed = "The merge was followed: the record that stayed is written from now on.";

function eventTitle({ salesforce, merged }: TimelineEvent): string {
  if (!salesforce) return "S-360 sent this record";
  if (merged) return "Merged in Salesforce";
  const by = salesforce.by ? ` by ${salesforce.by}` : "";
  return salesforce.what === "deleted" ? "Deleted in Salesforce" : `Saved in Salesforce${by}`;
}

export function EventEntry({ event, onShow }: { event: TimelineEvent; onShow: () => void }) {
  const { fate, place, payloadItems, note, version, at } = event;
  return (
    <Entry
      tone={fateWords[fate].tone}
      side="event"
      at={at}
      title={eventTitle(event)}
      badge={<FateBadge fate={fate} />}
    >
      <p className="records-quiet">
        Item {place} of {payloadItems} {event.salesforce ? "of its poll" : "in its call"}
        {version > 0 && ` · version ${version}`} ·{" "}
        <Button variant="base" onClick={onShow}>
          Show as it came
        </Button>
      </p>
      {note && <p>{note}</p>}
      {event.fault && <p className="records-problem">{event.fault.sentence}</p>}
      <p className="records-quiet">{event.merged ? mergeFollowed : fateWords[fate].meaning}</p>
    </Entry>
  );
}

interface AttemptEntryProps {
  attempt: TimelineAttempt;
  /** Labels by `Object.Field`. */
  labels: ReadonlyMap<string, string>;
}

export function AttemptEntry({ attempt, labels }: AttemptEntryProps) {
  const { outcome, at, fault, changes, object, conflicts, changedBy } = attempt;
  const { label, tone, meaning } = attemptWords[outcome];
  const wrote = outcome === "created" || outcome === "updated" || outcome === "adopted";
  const settled = outcome === "yielded" || outcome === "merged";
  return (
    <Entry
      tone={tone}
      side="attempt"
      at={at}
      title={attemptTitle(attempt)}
      badge={<Badge tone={tone}>{wrote ? counted(changes.length, "field") : label}</Badge>}
    >
      {fault && <p className={classes(tone === "error" && "records-problem")}>{fault.sentence}</p>}
      {settled && <p>{meaning}</p>}
      {changes.length > 0 && !settled && (
        <Changes changes={changes} object={object} labels={labels} tried={!wrote} />
      )}
      <Conflicts conflicts={conflicts} object={object} labels={labels} changedBy={changedBy} />
      <AttemptMeta attempt={attempt} />
    </Entry>
  );
}

function attemptTitle({ outcome, direction }: TimelineAttempt): string {
  const target = writtenToNames[direction];
  switch (outcome) {
    case "created":
    case "updated":
    case "adopted":
      return `${attemptWords[outcome].label} in ${target}`;
    case "merged":
      return "Merged in Salesforce";
    case "yielded":
      return `Not written to ${target}: the other side’s change stayed`;
    case "failed":
    case "retrying":
    case "waiting":
    case "review":
      return `Tried to write to ${target}`;
  }
}

function AttemptMeta({
  attempt: { mapping, object, salesforceId, version, call },
}: {
  attempt: TimelineAttempt;
}) {
  const others = (call?.rows ?? 1) - 1;
  return (
    <p className="records-quiet">
      {object && (
        <>
          {object} {salesforceId && <span className="records-id">{salesforceId}</span>} ·{" "}
        </>
      )}
      {mapping && (
        <>
          mapping <SameConnectionLink path={`/mappings/${mapping.name}`}>{mapping.name}</SameConnectionLink>,
          version {mapping.version} ·{" "}
        </>
      )}
      up to event version {version}
      {call && (
        <>
          {" · "}
          <span title={`Call ${call.id}`}>
            {others === 0 ? "alone in its call" : `in one call with ${counted(others, "other row")}`}
          </span>
        </>
      )}
    </p>
  );
}

interface EntryProps {
  tone: Tone;
  side: "event" | "attempt";
  at: string;
  title: string;
  badge: ReactNode;
  children: ReactNode;
}

function Entry({ tone, side, at, title, badge, children }: EntryProps) {
  return (
    <li className={classes("timeline__entry", `timeline__entry_${side}`, `timeline__entry_${tone}`)}>
      <div className="timeline__head">
        <h3 className="timeline__title">{title}</h3>
        {badge}
        <span className="timeline__time">
          <LocalTime at={at} />
        </span>
      </div>
      {children}
    </li>
  );
}
