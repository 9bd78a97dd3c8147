import { classes } from "./classes";
import "./spinner.css";

/** Lightning's spinner. `label` says what is awaited. */
export function Spinner({
  label = "Loading",
  size = "small",
}: {
  label?: string;
  size?: "x-small" | "small" | "medium";
}) {
  return (
    <div className="ui-spinner">
      <div role="status" className={classes("slds-spinner slds-spinner_brand", `slds-spinner_${size}`)}>
        <span className="slds-assistive-text">{label}</span>
        <div className="slds-spinner__dot-a" />
        <div className="slds-spinner__dot-b" />
      </div>
    </div>
  );
}
