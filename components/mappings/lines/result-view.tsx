import type { PreviewLine, PreviewResult } from "@/lib/mappings/contract";
import { classes } from "../../ui/classes";
import { Icon } from "../../ui/icon";
import { shownName } from "../names";

interface ResultViewProps {
  /** Null until the first answer. */
  preview: PreviewLine | null;
  lastGood: PreviewResult | null;
  /** A name is being typed: what it gives so far is the result of no line that somebody finished. */
  isHalfNamed: boolean;
  stale: boolean;
  /** What must be filled in before the line can be tried. */
  incomplete: string | null;
}

/** What a line gives on the chosen record. A problem stands before the last value that was good. */
export function ResultView({ preview, lastGood, isHalfNamed, stale, incomplete }: ResultViewProps) {
  const isBetween = isHalfNamed && lastGood !== null && incomplete === null;
  const sentences = incomplete ? [incomplete] : isBetween ? [] : sentencesOf(preview);
  const result = isBetween ? lastGood : (preview?.result ?? null);
  const failed = sentences.length > 0;
  return (
    <div className={classes("mappings-result", (stale || isBetween) && !failed && "mappings-result_stale")}>
      {sentences.map((sentence) => (
        <p key={sentence} className="mappings-result__problem">
          <Icon name="error" size="xx-small" label="Problem" /> {shownName(sentence)}
        </p>
      ))}
      {!failed && (result ? <Outcome result={result} /> : <span className="mappings-quiet">…</span>)}
      {failed && lastGood && (
        <div className="mappings-result_stale" title="The last result before the problem">
          <Outcome result={lastGood} />
        </div>
      )}
    </div>
  );
}

/** What stands in the way of publishing says more than what trying the line met. */
function sentencesOf(preview: PreviewLine | null): readonly string[] {
  if (!preview) return [];
  if (preview.problems.length > 0) return preview.problems;
  return preview.result.outcome === "problem" ? [preview.result.sentence] : [];
}

function Outcome({ result }: { result: PreviewResult }) {
  switch (result.outcome) {
    case "value":
      return (
        <span className="mappings-result__value">
          {result.reference && <span className="mappings-quiet">{shownName(result.reference)} </span>}
          {result.clock ?? shownValue(result.value)}
          {result.clock !== null && <span className="mappings-name">stored as {String(result.value)}</span>}
          {result.when === "create" && <span className="mappings-quiet"> (new records only)</span>}
        </span>
      );
    case "cleared":
      return <span className="mappings-quiet">Cleared</span>;
    case "left":
      return <span className="mappings-quiet">Left as it is</span>;
    case "not-run":
      return (
        <span className="mappings-quiet" title={result.sentence}>
          Not tried
        </span>
      );
    case "problem":
      return <span>{result.sentence}</span>;
  }
}

function shownValue(value: string | number | boolean | null): string {
  if (typeof value === "boolean") return value ? "Checked (true)" : "Not checked (false)";
  return String(value);
}
