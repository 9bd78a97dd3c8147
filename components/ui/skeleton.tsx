import "./skeleton.css";

const widths = ["92%", "78%", "85%", "64%"];

/** Grey lines where text will be. `label` says what is awaited. */
export function Skeleton({ lines = 3, label = "Loading" }: { lines?: number; label?: string }) {
  return (
    <div className="ui-skeleton" role="status">
      <span className="slds-assistive-text">{label}</span>
      {Array.from({ length: lines }, (_, index) => (
        <div key={index} className="ui-skeleton__line" style={{ width: widths[index % widths.length] }} />
      ))}
    </div>
  );
}
