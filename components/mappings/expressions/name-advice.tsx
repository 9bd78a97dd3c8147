import { Button } from "../../ui/button";

interface NameAdviceProps {
  /** Null where it is said elsewhere. */
  sentence: string | null;
  /** What was likely meant. */
  suggestion: string | null;
  onUse: (suggestion: string) => void;
}

/** Something that is likely mistyped, with what was likely meant. */
export function NameAdvice({ sentence, suggestion, onUse }: NameAdviceProps) {
  if (sentence === null && suggestion === null) return null;
  return (
    <p className="mappings-advice">
      {sentence !== null && <span>{sentence} </span>}
      {suggestion !== null && (
        <Button variant="base" onClick={() => onUse(suggestion)}>
          Use {suggestion}
        </Button>
      )}
    </p>
  );
}
