import "./progress-bar.css";

interface ProgressBarProps {
  /** What goes on, for screen readers. */
  label: string;
  done: number;
  total: number;
}

/** A Lightning progress bar. */
export function ProgressBar({ label, done, total }: ProgressBarProps) {
  const percent = total > 0 ? Math.min(100, Math.floor((done / total) * 100)) : 0;
  return (
    <div
      className="slds-progress-bar ui-progress-bar"
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
    >
      <span className="slds-progress-bar__value" style={{ width: `${percent}%` }} />
    </div>
  );
}
