import { Alert } from "../ui/alert";
import { Button } from "../ui/button";
import { isEditedSince } from "./editor-state";
import type { Editor } from "./use-editor";

/** Many lines came at once: the way back, and forth again. */
export function ReplacedNotice({ editor: { state, dispatch } }: { editor: Editor }) {
  const { replacement } = state;
  if (!replacement) return null;
  const { what, undone } = replacement;
  const isEdited = isEditedSince(replacement, state);
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
      {undone ? "The draft is as it was before." : "This is in the draft, and nothing is saved yet."}
      {isEdited && " What you changed since goes with it, and comes back the same way."}
    </Alert>
  );
}
