import { Alert } from "../ui/alert";

/** Shown until the first item arrives. */
export function FirstSteps() {
  return (
    <Alert tone="info" title="Nothing was received yet">
      Enter the webhook addresses below into S-360, choose what it sends, and start its schedule. What arrives
      shows here within seconds; S-360 sends every 15 minutes unless its schedule says otherwise.
    </Alert>
  );
}
