"use client";

import { useEffect, type Dispatch } from "react";
import type { EditorAction } from "../draft/editor-state";
import { turnOf } from "./undo-keys";

/** Ctrl+Z and Ctrl+Shift+Z or Ctrl+Y for the editor as a whole. Texts take back their own letters. */
export function useUndoKeys(dispatch: Dispatch<EditorAction>): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const turn = turnOf(event);
      if (turn === null || event.defaultPrevented || isText(event.target) || isDialogOpen()) return;
      event.preventDefault();
      dispatch({ type: turn });
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [dispatch]);
}

const withoutLetters = "[type=checkbox], [type=radio], [type=button], [type=submit], [type=reset]";

function isText(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || (target.matches("input, textarea") && !target.matches(withoutLetters));
}

function isDialogOpen(): boolean {
  return document.querySelector("[role=dialog], [role=alertdialog]") !== null;
}
