/** What one of the org's errors means for one row. */
import type { FaultCode } from "@/lib/core/faults";
import type { ObjectDescribe } from "@/lib/core/side";
import type { Reference } from "./references";
import type { OrgError } from "./wire";

/** What is known of the row an error is about. */
export interface RowContext {
  readonly describe?: ObjectDescribe;
  /** Set where the row is an update by id. */
  readonly id?: string | null;
  /** The references the row carries. */
  readonly references?: readonly Reference[];
}

export interface Meaning {
  readonly code: FaultCode;
  readonly sentence: string;
  readonly field?: string;
  readonly missingReference?: Reference;
}

export type Rule = (error: OrgError, context: RowContext) => Meaning;
