import { withSuggestion, type Suggestion } from "@/lib/core/mapping/lists/suggestion";
import { Button } from "../../ui/button";

export interface Correction {
  /** The text as it was read. */
  readonly text: string;
  readonly onCorrect: (text: string) => void;
}

interface SuggestionButtonProps extends Correction {
  suggestion: Suggestion;
}

/** Puts what was likely meant into the text; not there where it cannot be told which of several places is meant. */
export function SuggestionButton({ suggestion, text, onCorrect }: SuggestionButtonProps) {
  const corrected = withSuggestion(text, suggestion);
  if (corrected === null) return null;
  const { right, wrong } = suggestion;
  return (
    <Button className="lists-use" onClick={() => onCorrect(corrected)} title={`In place of ${wrong}`}>
      Use {right}
    </Button>
  );
}
