import type { Dispatch } from "react";
import { Button } from "../../ui/button";
import type { EditorAction, EditorState } from "../draft/editor-state";

interface UndoButtonsProps {
  history: EditorState["history"];
  dispatch: Dispatch<EditorAction>;
}

/** The way back, step by step, and forth again; each says what it is about. */
export function UndoButtons({ history: { past, future }, dispatch }: UndoButtonsProps) {
  const [undo, redo] = [past.at(-1), future.at(-1)];
  return (
    <div className="undo-buttons">
      <TurnButton
        icon="undo"
        verb="Undo"
        keys="Ctrl+Z"
        what={undo?.what}
        onTurn={() => dispatch({ type: "undone" })}
      />
      <TurnButton
        icon="redo"
        verb="Redo"
        keys="Ctrl+Shift+Z"
        what={redo?.what}
        onTurn={() => dispatch({ type: "redone" })}
      />
    </div>
  );
}

interface TurnButtonProps {
  icon: "undo" | "redo";
  verb: string;
  keys: string;
  /** Undefined where there is nothing to turn to. */
  what: string | undefined;
  onTurn: () => void;
}

/** Stays focusable at the end of the way, so that the focus is not lost with the last step. */
function TurnButton({ icon, verb, keys, what, onTurn }: TurnButtonProps) {
  const nothing = `Nothing to ${verb.toLowerCase()}`;
  return (
    <Button
      icon={icon}
      iconOnly={what === undefined}
      className="undo-buttons__turn"
      aria-disabled={what === undefined || undefined}
      title={what === undefined ? nothing : `${verb}: ${what} (${keys})`}
      onClick={() => what !== undefined && onTurn()}
    >
      {what === undefined ? nothing : <span className="undo-buttons__what">{`${verb}: ${what}`}</span>}
    </Button>
  );
}
