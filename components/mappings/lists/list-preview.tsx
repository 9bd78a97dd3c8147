"use client";

import { useState } from "react";
import type { ListOutcome } from "@/lib/core/mapping/lists/outcome";
import type { PlannedLine } from "@/lib/core/mapping/lists/plan";
import { sourceText, type SourceProblem } from "@/lib/core/mapping/lists/source-text";
import type { Kind } from "@/lib/core/words";
import { Badge } from "../../ui/badge";
import { Checkbox } from "../../ui/checkbox";
import { DataTable, type Column } from "../../ui/data-table";
import { counted } from "../../ui/numbers";
import type { Tone } from "../../ui/tone";
import { useFieldText } from "../field-labels";
import { shownName } from "../names";
import { SuggestionButton, type Correction } from "../expressions/suggestion-button";
import { policyWords } from "../lines/policy-words";

interface ListPreviewProps {
  planned: readonly PlannedLine[];
  kind: Kind;
  correction: Correction;
  onGoTo: (line: number) => void;
}

/** What a list would do, line by line, before it is done; what stays the same on demand. */
export function ListPreview({ planned, kind, correction, onGoTo }: ListPreviewProps) {
  const [whole, setWhole] = useState(false);
  const differing = planned.filter(({ outcome }) => outcome !== "same");
  const same = planned.length - differing.length;
  const rows = whole ? planned : differing;
  return (
    <>
      {same > 0 && (
        <Checkbox
          label={`Show what is the same (${counted(same, "line")})`}
          checked={whole}
          onChange={(event) => setWhole(event.target.checked)}
        />
      )}
      {rows.length > 0 && (
        <DataTable
          label="What would change"
          columns={columnsOf(kind, correction, onGoTo)}
          rows={rows}
          rowKey={({ entry }) => entry.at}
        />
      )}
    </>
  );
}

const outcomes: Record<PlannedLine["outcome"], readonly [string, Tone]> = {
  added: ["Add", "success"],
  replaced: ["Replace", "info"],
  same: ["Same as before", "neutral"],
  "left out": ["Left out", "error"],
};

/** How many lines of a list would do what. */
export function summaryOf(planned: readonly PlannedLine[]): string {
  const countOf = (what: PlannedLine["outcome"]) => planned.filter(({ outcome }) => outcome === what).length;
  const parts = [
    countOf("added") > 0 ? `${countOf("added")} to be added` : "",
    countOf("replaced") > 0 ? `${countOf("replaced")} to be replaced` : "",
    countOf("same") > 0 ? `${countOf("same")} the same as before` : "",
    countOf("left out") > 0 ? `${countOf("left out")} left out` : "",
  ];
  return `${counted(planned.length, "line")}: ${parts.filter((part) => part !== "").join(", ")}.`;
}

function columnsOf(
  kind: Kind,
  correction: Correction,
  onGoTo: (line: number) => void,
): readonly Column<PlannedLine>[] {
  return [
    {
      key: "at",
      header: "Line",
      width: "5rem",
      cell: ({ entry: { at } }) => (
        <button
          type="button"
          className="slds-button lists-line"
          aria-label={`Go to line ${at} of the text`}
          onClick={() => onGoTo(at)}
        >
          {at}
        </button>
      ),
    },
    { key: "field", header: "Salesforce field", rowHeader: true, wrap: true, width: "24%", cell: fieldCell },
    { key: "value", header: "Value", wrap: true, cell: (plan) => <ValueCell plan={plan} kind={kind} /> },
    {
      key: "what",
      header: "What happens",
      wrap: true,
      width: "32%",
      cell: (plan) => <WhatCell plan={plan} kind={kind} correction={correction} />,
    },
  ];
}

function fieldCell({ entry, field }: PlannedLine) {
  if (!field) return entry.name === "" ? <span className="mappings-quiet">None</span> : entry.name;
  const name = shownName(field.target);
  return (
    <>
      {field.label}
      {field.label !== name && <span className="mappings-name">{name}</span>}
    </>
  );
}

function ValueCell({ plan: { entry, after, problem }, kind }: { plan: PlannedLine; kind: Kind }) {
  if (after) {
    const { text, language } = sourceText(after.expression, kind);
    return (
      <>
        <code className="line-comparison__source">{text}</code>
        {language === "JSONata" && <span className="mappings-name">JSONata</span>}
      </>
    );
  }
  return (
    <code className="line-comparison__source">
      <Marked text={entry.source?.trim() ?? entry.text} problem={problem} />
    </code>
  );
}

/** The text with the place of what is wrong. */
function Marked({ text, problem }: { text: string; problem: SourceProblem | null }) {
  if (problem?.position === undefined) return text;
  const from = problem.position - 1;
  const to = from + (problem.length ?? 1);
  return (
    <>
      {text.slice(0, from)}
      <mark>{text.slice(from, to) || "…"}</mark>
      {text.slice(to)}
    </>
  );
}

interface WhatCellProps {
  plan: PlannedLine;
  kind: Kind;
  correction: Correction;
}

function WhatCell({ plan, kind, correction }: WhatCellProps) {
  const { outcome, before, after, problem, notes, suggestions } = plan;
  const [word, tone] = outcomes[outcome];
  const isOtherValue = before && after && before.expression !== after.expression;
  return (
    <>
      <Badge tone={tone}>{word}</Badge>
      {isOtherValue && (
        <span className="mappings-name">
          Before: <code>{sourceText(before.expression, kind).text}</code>
        </span>
      )}
      {after &&
        policyWords(after, before).map((sentence) => (
          <span key={sentence} className="mappings-name">
            {sentence}
          </span>
        ))}
      {problem && (
        <span className="mappings-result__problem lists-problem">
          {problem.position !== undefined && `Character ${problem.position}: `}
          {shownName(problem.sentence)}
          {before && " The line stays as it is."}
        </span>
      )}
      {notes.map((note) => (
        <span key={note} className="mappings-pick__reason">
          {note}
        </span>
      ))}
      {suggestions.map((suggestion, index) => (
        <SuggestionButton key={index} suggestion={suggestion} {...correction} />
      ))}
    </>
  );
}

/** What becomes of the lines that the list does not have. */
export function ListOthers({ outcome: { gone, kept } }: { outcome: ListOutcome }) {
  const textOf = useFieldText();
  return (
    <ul className="slds-list_dotted">
      {gone.length > 0 && <li>Removed: {gone.map((line) => textOf(line.target)).join(", ")}.</li>}
      {kept.map(({ line, why }) => (
        <li key={line.target}>
          {textOf(line.target)} stays: {why}.
        </li>
      ))}
    </ul>
  );
}
