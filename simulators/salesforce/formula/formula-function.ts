import type { FormulaValue } from "./values";

/** The moment that a formula is evaluated at. */
export interface FormulaClock {
  now: Date;
  /** The calendar day of `now` where the user is, `2026-11-22`. */
  today: string;
}

type Apply = (given: readonly FormulaValue[], clock: FormulaClock) => FormulaValue;

export interface FormulaFunction {
  minimum: number;
  maximum: number;
  /** Absent for functions that look at the change itself (ISNEW, ISCHANGED, PRIORVALUE) or choose (AND, OR, IF, CASE). */
  apply?: Apply;
}

export function plain(minimum: number, maximum: number, apply: Apply): FormulaFunction {
  return { minimum, maximum, apply };
}
