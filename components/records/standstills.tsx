import type { DirectionStatus } from "@/lib/records/contract";
import { Alert } from "../ui/alert";
import { RelativeTime } from "../ui/relative-time";
import { streamLabels, writtenToNames } from "./words";

/** Why nothing is written although something is due, for each direction. */
export function Standstills({ directions }: { directions: readonly DirectionStatus[] }) {
  return directions.filter(({ dueAt }) => dueAt).map((each) => <Standstill key={each.direction} of={each} />);
}

function Standstill({ of: { direction, stream, standstill } }: { of: DirectionStatus }) {
  const { pausedAt, blocked } = standstill;
  return (
    <>
      {pausedAt && (
        <Alert tone="warning" title={`“${streamLabels[stream]}” is paused`}>
          Paused <RelativeTime at={pausedAt} />. Resume it on the Health page; then this record is written.
        </Alert>
      )}
      {blocked && (
        <Alert tone="warning" title={`${writtenToNames[direction]} takes nothing at the moment`}>
          {blocked.sentence} Next try <RelativeTime at={blocked.until} ahead />.
        </Alert>
      )}
    </>
  );
}
