/** A condition an admin wrote in JSONata: which records a rule is about. */
import type { ExpressionProblem } from "./expression/ast";
import { boundExpression } from "./expression/bounded-expression";
import type { EvaluationContext } from "./evaluation";
import { wholeSource } from "./sections";

export interface Condition {
  /** Fields of the record that it reads. */
  readonly fields: readonly string[];
  /** Never throws: a condition that cannot be worked out for a record does not hold for it. */
  readonly holds: (source: unknown, context: EvaluationContext) => Promise<boolean>;
}

/** What is known of a condition without a record; for the page, while it is typed. */
export interface ConditionReading {
  readonly problems: readonly ExpressionProblem[];
  /** Fields of the record that it reads, in order of appearance. */
  readonly fields: readonly string[];
  /** It looks at the record as a whole: at every field that goes both ways, and at those it names. */
  readonly readsWhole: boolean;
}

/** Never throws. An empty text has no problems and reads nothing. */
export function readCondition(text: string): ConditionReading {
  if (text.trim() === "") return { problems: [], fields: [], readsWhole: false };
  const answer = boundExpression(text);
  if (!answer.ok) return { problems: answer.problems, fields: [], readsWhole: false };
  const { sections } = answer.bounded;
  return {
    problems: [],
    fields: sections.filter((section) => section !== wholeSource),
    readsWhole: sections.includes(wholeSource),
  };
}

/** An empty text holds for every record; what cannot be read (refused when it was saved) for none. */
export function compileCondition(text: string): Condition {
  if (text.trim() === "") return { fields: [], holds: async () => true };
  const answer = boundExpression(text);
  if (!answer.ok) return { fields: [], holds: async () => false };
  const { bounded } = answer;
  return {
    fields: bounded.sections.filter((section) => section !== wholeSource),
    async holds(source, context) {
      try {
        return (await bounded.run(source, context)) === true;
      } catch {
        return false;
      }
    },
  };
}
