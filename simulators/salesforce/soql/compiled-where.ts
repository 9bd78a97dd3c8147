import type { FieldPath } from "./paths";
import type { Row, Value } from "../model/types";

export type Predicate = (row: Row) => boolean;

/** A condition that all results meet and an index can answer: this field holds one of these values. */
export interface KeyCondition {
  readonly path: FieldPath;
  readonly values: readonly Value[];
}

/** A field that all results are filtered by, for the query plan. */
export interface FilteredField {
  readonly path: FieldPath;
  /** In upper case. */
  readonly operator: string;
}

export interface CompiledWhere {
  readonly matches: Predicate;
  readonly keyConditions: readonly KeyCondition[];
  readonly filtered: readonly FilteredField[];
}
