import { Alert } from "../ui/alert";
import { Button } from "../ui/button";

interface TextProblemsProps {
  title: string;
  problems: readonly { readonly at: number | null; readonly sentence: string }[];
  onGoTo: (line: number) => void;
}

/** What is wrong with a text, each problem with the way to its line. */
export function TextProblems({ title, problems, onGoTo }: TextProblemsProps) {
  return (
    <Alert tone="error" title={title} live>
      <ul className="slds-list_dotted">
        {problems.map(({ at, sentence }, index) => (
          <li key={index}>
            {at !== null && (
              <>
                <Button variant="base" onClick={() => onGoTo(at)} aria-label={`Go to line ${at} of the text`}>
                  Line {at}
                </Button>
                {": "}
              </>
            )}
            {sentence}
          </li>
        ))}
      </ul>
    </Alert>
  );
}
