import type { MassProgress } from "@/lib/reviews/contract";
import { count } from "../ui/numbers";

interface ProgressProps {
  progress: MassProgress;
  paused: boolean;
}

/** How far a mass change is, as a bar and in words. */
export function Progress({ progress: { total, waiting, sent, failed }, paused }: ProgressProps) {
  const done = sent + failed;
  const text = `${count(sent)} of ${count(total)} sent, ${count(waiting)} to go${failed > 0 ? `, ${count(failed)} did not get through` : ""}`;
  return (
    <div className="review__progress">
      <div
        className="slds-progress-bar slds-progress-bar_circular"
        role="progressbar"
        aria-label={paused ? "Sending, stopped for now" : "Sending"}
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuenow={done}
        aria-valuetext={text}
      >
        <span
          className="slds-progress-bar__value"
          style={{ width: `${total > 0 ? Math.round((done / total) * 1000) / 10 : 0}%` }}
        />
      </div>
      <p role="status">{text}</p>
    </div>
  );
}
