/** A condition an admin wrote in JSONata: which records a rule is about. */
import { boundExpression } from "./bounded-expression";
import type { EvaluationContext } from "./evaluation";
import { wholeSource } from "./sections";

export interface Condition {
  /** Fields of the record that it reads. */
  readonly fields: readonly string[];
  /** Never throws: a condition that cannot be worked out for a record does not hold for it. */
  readonly holds: (source: unknown, context: EvaluationContext) => Promise<boolean>;
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
