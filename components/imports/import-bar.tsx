import type { ImportStatus } from "@/lib/imports/contract";
import { streamWords } from "./words";

const percent = (share: number) => Math.floor(share * 100);

/** A bar of two tones: what came, and of it what is through. Without a number to come to there is no bar. */
export function ImportBar({ run: { estimate, stream } }: { run: ImportStatus }) {
  const { received, through } = estimate;
  if (received === null || through === null) return null;
  return (
    <div
      className="slds-progress-bar imports-bar"
      role="progressbar"
      aria-label={`Import of ${streamWords[stream].many}`}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent(through)}
      aria-valuetext={`${percent(received)} % received, ${percent(through)} % through`}
    >
      <span className="imports-bar__received" style={{ width: `${percent(received)}%` }} />
      <span
        className="slds-progress-bar__value imports-bar__through"
        style={{ width: `${percent(through)}%` }}
      />
    </div>
  );
}
