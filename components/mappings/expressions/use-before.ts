import { useRef, type FocusEvent } from "react";

export interface Before<Said> {
  /** What stood there before the typing that goes on now. */
  readonly before: () => Said;
  /** What stands there now was not typed here, or is left: what is typed next comes after it. */
  readonly begin: (said: Said) => void;
  readonly onFocus: (event: FocusEvent) => void;
}

/**
 * What a field said before it was typed in. On the way to what somebody means they pass words that can be read and that
 * nobody meant: those are no “before”.
 */
export function useBefore<Said>(said: Said): Before<Said> {
  const before = useRef(said);
  return {
    before: () => before.current,
    begin: (now) => (before.current = now),
    onFocus({ relatedTarget, currentTarget }) {
      // Who comes back from another window goes on with the same word.
      if (relatedTarget instanceof Node && !currentTarget.contains(relatedTarget)) before.current = said;
    },
  };
}
