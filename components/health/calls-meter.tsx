import { count } from "../ui/numbers";

interface CallsMeterProps {
  label: string;
  used: number;
  limit: number;
}

/** How much of an allowance is used, as a bar. */
export function CallsMeter({ label, used, limit }: CallsMeterProps) {
  return (
    <div
      className="slds-progress-bar slds-progress-bar_circular health-calls__bar"
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={limit}
      aria-valuenow={Math.min(used, limit)}
      aria-valuetext={`${count(used)} of ${count(limit)}`}
    >
      <span className="slds-progress-bar__value" style={{ width: `${share(used, limit)}%` }} />
    </div>
  );
}

/** Per cent, one decimal, at most 100. */
export function share(used: number, limit: number): number {
  return limit > 0 ? Math.min(100, Math.round((used / limit) * 1000) / 10) : 0;
}
