import { useRef, type RefObject } from "react";
import type { Correction } from "./suggestion-button";

interface CorrectionHandle {
  /** Of what the text would do: takes the focus of a button that is gone once its row is right. */
  readonly preview: RefObject<HTMLDivElement | null>;
  readonly correction: Correction;
}

/** Corrects a text from the preview of it. `read` may be a moment behind `text`: then nothing is lost. */
export function useCorrection(read: string, text: string, onText: (text: string) => void): CorrectionHandle {
  const preview = useRef<HTMLDivElement>(null);
  const onCorrect = (corrected: string) => {
    if (read !== text) return;
    onText(corrected);
    preview.current?.focus();
  };
  return { preview, correction: { text: read, onCorrect } };
}
