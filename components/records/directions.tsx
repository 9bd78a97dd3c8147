import type { RecordDetail } from "@/lib/records/contract";
import { Badge } from "../ui/badge";
import { stateWords, streamLabels } from "./words";

/** Where the record stands each way, when it goes both ways. */
export function Directions({ record: { directions } }: { record: RecordDetail }) {
  if (directions.length < 2) return null;
  return (
    <ul className="records-directions" aria-label="Both directions">
      {directions.map(({ direction, stream, state }) => {
        const { label, tone, meaning } = stateWords[state];
        return (
          <li key={direction} title={meaning}>
            {streamLabels[stream]} <Badge tone={state === "idle" ? "neutral" : tone}>{label}</Badge>
          </li>
        );
      })}
    </ul>
  );
}
