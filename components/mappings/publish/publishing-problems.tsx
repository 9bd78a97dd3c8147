import type { PublishingProblem } from "@/lib/core/mapping/publish/publish";
import { Alert } from "../../ui/alert";
import { ApiError } from "../../ui/api";
import { Problem } from "../../ui/problem";
import { useFieldText } from "../field-labels";
import { shownName } from "../names";

/** What stands in the way of publishing, as the server found it; other failures in their own words. */
export function PublishingProblems({ error, title }: { error: unknown; title: string }) {
  const textOf = useFieldText();
  if (error === null || error === undefined) return null;
  const sentences = refusalsOf(error, textOf);
  return sentences ? (
    <ProblemList sentences={sentences} title="This stands in the way of publishing" />
  ) : (
    <Problem error={error} title={title} />
  );
}

export function ProblemList({ sentences, title }: { sentences: readonly string[]; title: string }) {
  return (
    <Alert tone="error" title={title} live>
      <ul className="slds-list_dotted">
        {sentences.map((sentence) => (
          <li key={sentence}>{shownName(sentence)}</li>
        ))}
      </ul>
    </Alert>
  );
}

/** What the server found in the way; null when it failed for another reason. */
function refusalsOf(error: unknown, textOf: (target: string) => string): string[] | null {
  if (!(error instanceof ApiError) || error.code !== "refused" || !Array.isArray(error.problem.problems))
    return null;
  const problems = error.problem.problems as unknown as readonly PublishingProblem[];
  return problems.map(({ target, lineIndex, sentence }) =>
    target !== null && lineIndex !== null ? `${textOf(target)}: ${sentence}` : sentence,
  );
}
