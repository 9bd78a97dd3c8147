import type { Family, Fate, Kind, RecordState } from "@/lib/core/words";
import { Badge } from "../ui/badge";
import { fateWords, stateWords } from "./words";

interface Standing {
  readonly state: RecordState | null;
  readonly kind: Kind | null;
  readonly family: Family;
}

interface StateBadgeProps {
  of: Standing;
  /** In lists: what is in step does not shout. */
  quiet?: boolean;
}

/** Where a record stands. Without a state nothing is to be written, or S-360 has not sent it yet. */
export function StateBadge({ of: { state, kind, family }, quiet }: StateBadgeProps) {
  if (state === null) {
    const label = kind === null ? "Not received yet" : "Nothing to write";
    const title =
      kind === null
        ? "Others refer to it, but S-360 has not sent it yet."
        : `This ${family} has nothing that is written to Salesforce.`;
    return (
      <span title={title}>
        <Badge>{label}</Badge>
      </span>
    );
  }
  const words = stateWords[state];
  return <Worded {...words} tone={quiet && state === "idle" ? "neutral" : words.tone} />;
}

export function FateBadge({ fate }: { fate: Fate }) {
  return <Worded {...fateWords[fate]} />;
}

function Worded({ label, tone, meaning }: (typeof stateWords)[RecordState]) {
  return (
    <span title={meaning}>
      <Badge tone={tone}>{label}</Badge>
    </span>
  );
}
