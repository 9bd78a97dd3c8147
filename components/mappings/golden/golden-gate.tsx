import type { GoldenCheck } from "@/lib/mappings/contract";
import { Alert } from "../../ui/alert";
import { Button } from "../../ui/button";
import { counted } from "../../ui/numbers";

interface GoldenGateProps {
  /** Samples that get something else than expected. */
  failed: readonly GoldenCheck[];
  accepted: boolean;
  onAccept: () => void;
}

/** What golden samples get instead of what is expected, and the choice to expect that from now on. */
export function GoldenGate({ failed, accepted, onAccept }: GoldenGateProps) {
  if (failed.length === 0) return null;
  if (accepted) {
    return (
      <Alert tone="info" live>
        {counted(failed.length, "golden sample")} will expect the new result. The log notes it.
      </Alert>
    );
  }
  return (
    <Alert
      tone="error"
      title={`${counted(failed.length, "golden sample")} would get another result than expected`}
      live
      actions={<Button onClick={onAccept}>This is the new expectation</Button>}
    >
      <ul className="slds-list_dotted">
        {failed
          .flatMap(({ sentences }) => sentences)
          .map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
      </ul>
    </Alert>
  );
}
