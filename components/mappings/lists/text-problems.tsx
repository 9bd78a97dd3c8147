import { Alert } from "../../ui/alert";
import type { Suggestion } from "@/lib/core/mapping/lists/suggestion";
import { Button } from "../../ui/button";
import { shownName } from "../names";
import { SuggestionButton, type Correction } from "../expressions/suggestion-button";

interface TextProblem {
  readonly at: number | null;
  readonly sentence: string;
  readonly suggestion?: Suggestion | null;
}

interface TextProblemsProps {
  /** A warning leaves the choice. */
  tone?: "error" | "warning";
  title: string;
  problems: readonly TextProblem[];
  /** Where problems have suggestions. */
  correction?: Correction;
  onGoTo: (line: number) => void;
}

/** What is wrong with a text, each problem with the way to its line. */
export function TextProblems({ tone = "error", title, problems, correction, onGoTo }: TextProblemsProps) {
  return (
    <Alert tone={tone} title={title} live>
      <ul className="slds-list_dotted">
        {problems.map(({ at, sentence, suggestion }, index) => (
          <li key={index}>
            {at !== null && (
              <>
                <Button variant="base" onClick={() => onGoTo(at)} aria-label={`Go to line ${at} of the text`}>
                  Line {at}
                </Button>
                {": "}
              </>
            )}
            {shownName(sentence)}
            {suggestion && correction && <SuggestionButton suggestion={suggestion} {...correction} />}
          </li>
        ))}
      </ul>
    </Alert>
  );
}
