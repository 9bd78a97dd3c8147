"use client";

import { Alert } from "../ui/alert";
import { Checkbox } from "../ui/checkbox";

interface WayBackSwitchProps {
  enabled: boolean;
  onChange: (enabled: boolean) => void;
  /** What the connection's file does not give yet. */
  missing: readonly string[];
}

/** Whether anything goes back at all. */
export function WayBackSwitch({ enabled, onChange, missing }: WayBackSwitchProps) {
  return (
    <div className="rules-switch">
      <Checkbox
        label="Edits in Salesforce go back to S-360"
        checked={enabled}
        onChange={(event) => onChange(event.target.checked)}
      />
      {!enabled && (
        <Alert tone="info" live>
          Salesforce is not asked what changed there, and nothing is sent to S-360. Once this is on again,
          what changed meanwhile is read and follows the rules below.
        </Alert>
      )}
      {enabled && missing.length > 0 && (
        <Alert tone="warning" title="Nothing goes back yet">
          The connection’s file does not give {missing.join(", ")}. Add what is missing and apply the file
          again.
        </Alert>
      )}
    </div>
  );
}
