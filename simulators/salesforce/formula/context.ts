import type { FormulaClock } from "./formula-function";
import type { FormulaValue } from "./values";

/** What a formula sees of the record being saved and of the org around it. */
export interface FormulaContext extends FormulaClock {
  isNew: boolean;
  /** A field of the record as it will be saved, by name or by path (`Account.Name`, `$User.Username`). */
  value: (name: string) => FormulaValue;
  /** The field as it was before; for a new record as it will be. */
  priorValue: (name: string) => FormulaValue;
}
