import { useRef, type FocusEvent } from "react";

export interface Before<Said> {
  /** What stood there before the typing that goes on now. */
  readonly before: () => Said;
  /** What stands there now was not typed here, or is left: what is typed next comes after it. */
  readonly begin: (said: Said) => void;
  readonly onFocus: () => void;
  readonly onBlur: (event: FocusEvent) => void;
}

/**
 * What a field said before it was typed in. On the way to what somebody means they pass words that can be read and that
 * nobody meant: those are no “before”.
 */
export function useBefore<Said>(said: Said): Before<Said> {
  const before = useRef(said);
  const isLeft = useRef(true);
  return {
    before: () => before.current,
    begin: (now) => (before.current = now),
    onFocus() {
      if (isLeft.current) before.current = said;
      isLeft.current = false;
    },
    onBlur({ relatedTarget, currentTarget }) {
      const stays = relatedTarget instanceof Node && currentTarget.contains(relatedTarget);
      // Who goes to another window comes back to the same word.
      if (document.hasFocus() && !stays) isLeft.current = true;
    },
  };
}
