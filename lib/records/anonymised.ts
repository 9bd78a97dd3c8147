/** What the pages tell of contacts that S-360 anonymised. */
import { sql, type SQL } from "drizzle-orm";
import {
  anonymisedMarksSchema,
  anonymisedRuleSchema,
  isAnonymised,
  ruleFor,
  type AnonymisedMarks,
  type AnonymisedRule,
} from "@/lib/core/anonymised";

export interface AnonymisedRow {
  readonly family: string;
  readonly s360_state: Readonly<Record<string, unknown>> | null;
  readonly anonymised_marks: unknown;
  readonly anonymised_rule: string | null;
}

/** To be selected of a connection named `c`. */
export const anonymisedColumns: SQL = sql`c.settings#>'{s360,anonymised}' as anonymised_marks,
  c.settings#>>'{rules,in,anonymised}' as anonymised_rule`;

/** The rule that holds for the contact, and its marks; null when S-360 does not say that it was anonymised. */
export function anonymisedBy(row: AnonymisedRow): { rule: AnonymisedRule; marks: AnonymisedMarks } | null {
  const marks = anonymisedMarksSchema.parse(row.anonymised_marks ?? {});
  if (row.family !== "contact" || !row.s360_state || !isAnonymised(row.s360_state, marks)) return null;
  const rule = anonymisedRuleSchema.default("review").parse(row.anonymised_rule ?? undefined);
  return { rule: ruleFor(row.s360_state, rule), marks };
}
