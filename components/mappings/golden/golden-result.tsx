import { goldenSentence, type GoldenDifference } from "@/lib/core/mapping/golden/golden";
import type { GoldenCheck } from "@/lib/mappings/golden-contract";
import { Button } from "../../ui/button";

interface GoldenResultProps {
  check: GoldenCheck | null;
  busy: boolean;
  /** Null: all of them. */
  onAccept: (check: GoldenCheck, difference: GoldenDifference | null) => void;
}

/** How a sample fares, and the way to expect what it gets: field by field, or all at once. */
export function GoldenResult({ check, busy, onAccept }: GoldenResultProps) {
  if (!check) return <span className="mappings-quiet">…</span>;
  const { name, sentences, differences } = check;
  if (sentences.length === 0) return "As expected";
  if (differences.length === 0) return <>{sentences.map((sentence) => shortened(sentence, name))}</>;
  return (
    <>
      <ul className="golden-differences">
        {differences.map((difference) => {
          const what = difference.field === null ? "the record" : difference.label;
          return (
            <li key={difference.field ?? ""}>
              <span>{shortened(goldenSentence(name, difference), name)}</span>
              <Button
                disabled={busy}
                onClick={() => onAccept(check, difference)}
                aria-label={`Accept the new result of ${what} for ${name}`}
              >
                Accept the new result
              </Button>
            </li>
          );
        })}
      </ul>
      {differences.length > 1 && (
        <Button
          disabled={busy}
          onClick={() => onAccept(check, null)}
          aria-label={`Accept all ${differences.length} new results for ${name}`}
        >
          Accept all {differences.length}
        </Button>
      )}
    </>
  );
}

/** Without the name of the sample, which stands beside it. */
function shortened(sentence: string, name: string): string {
  const rest = sentence.startsWith(`${name}: `) ? sentence.slice(name.length + 2) : sentence;
  return rest.charAt(0).toUpperCase() + rest.slice(1);
}
