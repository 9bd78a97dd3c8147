/** What a person reads under a condition. Pure. */
import type { ExpressionProblem } from "@/lib/core/mapping/expression/ast";
import type { ConditionReading } from "@/lib/core/mapping/condition";

/** Around the place where a problem was noticed, for marking it in the text. */
export interface ProblemPlace {
  readonly before: string;
  readonly at: string;
  readonly after: string;
}

const charactersAround = 24;

/** `position` counts characters up to the end of the token (lib/core/mapping/expression/ast.ts). */
export function placeOf(text: string, { position }: ExpressionProblem): ProblemPlace | null {
  if (position === undefined || position < 1 || text.trim() === "") return null;
  const end = Math.min(position, text.length);
  const start = end - (/[\p{L}\p{N}_$]*.$/su.exec(text.slice(0, end))?.[0].length ?? 1);
  return {
    before: text.slice(Math.max(0, start - charactersAround), start),
    at: text.slice(start, end),
    after: text.slice(end, end + charactersAround),
  };
}

/** Null when the condition has problems: those are shown instead. */
export function readsSentence({ problems, fields, readsWhole }: ConditionReading): string | null {
  if (problems.length > 0) return null;
  if (readsWhole)
    return "It looks at the record as a whole: at the fields that go both ways, and at those it names.";
  if (fields.length === 0) return "It reads no field: it is the same for every record.";
  return `It reads ${fields.join(", ")}.`;
}

/** Fields that the change feed cannot give: the condition never holds because of them. */
export function unknownFields(reading: ConditionReading, known: readonly string[] | null): readonly string[] {
  if (known === null) return [];
  const names = new Set(known);
  return reading.fields.filter((field) => !names.has(field));
}

/** Null when all fields are known. */
export function unknownSentence(unknown: readonly string[]): string | null {
  if (unknown.length === 0) return null;
  return `Salesforce has no such field that could be read here: ${unknown.join(", ")}. Field names are case-sensitive; lookups cannot be used.`;
}
