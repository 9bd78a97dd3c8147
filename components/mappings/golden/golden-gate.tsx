import type { ReactNode } from "react";
import type { GoldenField } from "@/lib/core/mapping/golden/golden";
import type { GoldenCheck } from "@/lib/mappings/golden-contract";
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
export function GoldenGate(props: GoldenGateProps) {
  return (
    <Differing
      {...props}
      tone="error"
      title="would get another result than expected"
      result="new result"
      choice="This is the new expectation"
    />
  );
}

/** The same where nothing is held up: an earlier version runs again at once, whatever has been expected since. */
export function RestoreGate(props: GoldenGateProps) {
  return (
    <Differing
      {...props}
      tone="warning"
      title={`${props.failed.length === 1 ? "expects" : "expect"} something else by now`}
      result="restored result"
      choice="Accept the restored result"
    >
      <p>Restoring is not held up. What is expected stays as it is unless you accept the restored result.</p>
    </Differing>
  );
}

interface DifferingProps extends GoldenGateProps {
  tone: "error" | "warning";
  /** After how many samples. */
  title: string;
  /** What they will expect once it is accepted. */
  result: string;
  /** The button that accepts it. */
  choice: string;
  children?: ReactNode;
}

function Differing({ failed, notCompared, accepted, onAccept, ...words }: DifferingProps) {
  const samples = counted(failed.length, "golden sample");
  return (
    <>
      {notCompared !== null && <Alert tone="warning">{notCompared}</Alert>}
      {failed.length > 0 && accepted && (
        <Alert tone="info" live>
          {samples} will expect the {words.result}
          {failed.some(isNewlyHeld) && ", and nothing of fields that are held"}. The log notes it.
        </Alert>
      )}
      {failed.length > 0 && !accepted && (
        <Alert
          tone={words.tone}
          title={`${samples} ${words.title}`}
          live
          actions={<Button onClick={onAccept}>{words.choice}</Button>}
        >
          <Sentences of={failed} />
          {words.children}
        </Alert>
      )}
    </>
  );
}

/** A failure is nobody's wish: nothing is expected of its field from then on. */
function isNewlyHeld({ differences }: GoldenCheck): boolean {
  const isHeld = (field: GoldenField | null) => field !== null && "problem" in field;
  return differences.some((one) => one.field !== null && isHeld(one.got) && !isHeld(one.expected));
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
