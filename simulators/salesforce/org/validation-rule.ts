import type { Expression } from "../formula/parse";

/** An admin's rule: the row is refused with `message` when the formula is true of it. */
export interface ValidationRule {
  id: string;
  object: string;
  formula: string;
  expression: Expression;
  message: string;
  /** The field that the message stands at; without it the message stands at the top of the page. */
  errorField?: string;
}
