import type { StreamStatus } from "@/lib/connections/contract";
import { Badge } from "../ui/badge";
import { Card } from "../ui/card";
import { counted } from "../ui/numbers";
import { LocalTime, RelativeTime } from "../ui/relative-time";
import { streamCondition } from "./condition";
import { PauseButton } from "./pause-button";
import { StateTiles } from "./state-tiles";
import { StreamNotes } from "./stream-notes";
import { streamLabels } from "../records/words";

interface StreamCardProps {
  institution: string;
  stream: StreamStatus;
}

/** One stream: where its records stand, when something last moved, and its pause. */
export function StreamCard({ institution, stream }: StreamCardProps) {
  const { name, paused, lastReceivedAt, lastWrittenAt, oldestDueSeconds } = stream;
  const condition = streamCondition(stream);
  return (
    <Card
      icon={name === "contacts-in" ? "contact" : "order"}
      title={streamLabels[name]}
      aside={<Badge tone={condition.tone}>{condition.label}</Badge>}
      actions={<PauseButton institution={institution} stream={name} paused={paused !== null} />}
    >
      <StateTiles institution={institution} stream={stream} />
      <dl className="health-times">
        <div>
          <dt>Last received</dt>
          <dd>
            <RelativeTime at={lastReceivedAt} />
          </dd>
        </div>
        <div>
          <dt>Last written</dt>
          <dd>
            <RelativeTime at={lastWrittenAt} />
          </dd>
        </div>
        <div>
          <dt>Longest wait for its turn</dt>
          <dd>{oldestDueSeconds === null ? "Nothing is due" : duration(oldestDueSeconds)}</dd>
        </div>
        {paused && (
          <div>
            <dt>Paused since</dt>
            <dd>
              <LocalTime at={paused.at} />
              {paused.by && ` by ${paused.by}`}
            </dd>
          </div>
        )}
      </dl>
      <StreamNotes institution={institution} stream={stream} />
    </Card>
  );
}

function duration(seconds: number): string {
  if (seconds < 90) return counted(seconds, "second");
  if (seconds < 5400) return counted(Math.round(seconds / 60), "minute");
  return counted(Math.round(seconds / 3600), "hour");
}
