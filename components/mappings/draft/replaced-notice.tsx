import { Alert } from "../../ui/alert";
import { Button } from "../../ui/button";
import type { Editor } from "../editor/use-editor";

/** Much came at once: the way back, and forth again. */
export function ReplacedNotice({ editor: { state, unsaved, dispatch } }: { editor: Editor }) {
  const { notice } = state;
  if (notice?.kind !== "replaced") return null;
  const { what, undone } = notice;
  const standing = undone ? "The draft is as it was before." : "This is in the draft.";
  return (
    <Alert
      tone="info"
      title={undone ? `Undone: ${what}` : what}
      actions={
        <Button
          icon={undone ? "redo" : "undo"}
          onClick={() => dispatch({ type: undone ? "redone" : "undone" })}
        >
          {undone ? "Do it again" : "Undo"}
        </Button>
      }
    >
      {standing} {unsaved && "It is not saved yet."}
    </Alert>
  );
}
