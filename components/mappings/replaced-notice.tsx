import { Alert } from "../ui/alert";
import { Button } from "../ui/button";
import type { Editor } from "./use-editor";

/** Many lines came at once: the way back, and forth again. */
export function ReplacedNotice({ editor: { state, dispatch } }: { editor: Editor }) {
  const { replacement, lines } = state;
  if (!replacement) return null;
  const { what, undone, made } = replacement;
  const isEdited = lines !== made;
  return (
    <Alert
      tone="info"
      title={undone ? `Undone: ${what}` : what}
      actions={
        <Button icon="undo" onClick={() => dispatch({ type: "replacement-turned" })}>
          {undone ? "Do it again" : "Undo"}
        </Button>
      }
    >
      {undone ? "The lines are as they were before." : "They are in the draft, and nothing is saved yet."}
      {isEdited && " What you changed since goes with it, and comes back the same way."}
    </Alert>
  );
}
