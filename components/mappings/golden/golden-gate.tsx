import type { GoldenCheck } from "@/lib/mappings/contract";
import { Alert } from "../../ui/alert";
import { Button } from "../../ui/button";
import { counted } from "../../ui/numbers";

interface GoldenGateProps {
  /** Samples that get something else than expected. */
  failed: readonly GoldenCheck[];
  notCompared: string | null;
  accepted: boolean;
  onAccept: () => void;
}

/** What golden samples get instead of what is expected, and the choice to expect that from now on. */
export function GoldenGate({ failed, notCompared, accepted, onAccept }: GoldenGateProps) {
  return (
    <>
      {notCompared !== null && <Alert tone="warning">{notCompared}</Alert>}
      {failed.length > 0 && accepted && (
        <Alert tone="info" live>
          {counted(failed.length, "golden sample")} will expect the new result. The log notes it.
        </Alert>
      )}
      {failed.length > 0 && !accepted && (
        <Alert
          tone="error"
          title={`${counted(failed.length, "golden sample")} would get another result than expected`}
          live
          actions={<Button onClick={onAccept}>This is the new expectation</Button>}
        >
          <Sentences of={failed} />
        </Alert>
      )}
    </>
  );
}

/** The same where nothing is held up: an earlier version runs again at once, whatever has been expected since. */
export function RestoreGate({ failed, notCompared, accepted, onAccept }: GoldenGateProps) {
  return (
    <>
      {notCompared !== null && <Alert tone="warning">{notCompared}</Alert>}
      {failed.length > 0 && accepted && (
        <Alert tone="info" live>
          {counted(failed.length, "golden sample")} will expect the restored result. The log notes it.
        </Alert>
      )}
      {failed.length > 0 && !accepted && (
        <Alert
          tone="warning"
          title={`${counted(failed.length, "golden sample")} ${failed.length === 1 ? "expects" : "expect"} something else by now`}
          live
          actions={<Button onClick={onAccept}>Accept the restored result</Button>}
        >
          <Sentences of={failed} />
          <p>
            Restoring is not held up. What is expected stays as it is unless you accept the restored result.
          </p>
        </Alert>
      )}
    </>
  );
}

function Sentences({ of }: { of: readonly GoldenCheck[] }) {
  return (
    <ul className="slds-list_dotted">
      {of
        .flatMap(({ sentences }) => sentences)
        .map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
    </ul>
  );
}
