/** Which keys take back what was done, and do it again. Pure. */

/** What is asked of a pressed key. */
export interface PressedKey {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

/** Ctrl+Z or Cmd+Z; Ctrl+Shift+Z, Cmd+Shift+Z or Ctrl+Y. */
export function turnOf({ key, ctrlKey, metaKey, shiftKey, altKey }: PressedKey): "undone" | "redone" | null {
  if (!(ctrlKey || metaKey) || altKey) return null;
  const letter = key.toLowerCase();
  if (letter === "z") return shiftKey ? "redone" : "undone";
  return letter === "y" && ctrlKey && !shiftKey ? "redone" : null;
}
