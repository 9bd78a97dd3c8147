/** What evaluating a mapping on one source gives: values per target field, or problems, never a half-thrown record. */
import type { Fault } from "../faults";
import type { CanonicalValue, FieldDescribe, ObjectDescribe } from "../side";
import type { Family } from "../words";
import type { BoundedExpression } from "./expression/bounded-expression";
import type { MappingDocument, MappingLine } from "./document";
import type { FunctionContext } from "./functions/functions";
import type { Inverse } from "./back/inverse-form";
import type { SalesRules } from "./sales/sales";

/** What the lines of a mapping are compiled for: the org's own names, types and record types. */
export interface MappingTarget {
  readonly prefix: string;
  readonly describe: ObjectDescribe;
  /** Record type for new records, if the org has record types for the object. */
  readonly recordTypeId: string | null;
}

export interface CompiledMapping {
  readonly document: MappingDocument;
  /** Which records take part; null for all of them. A filter that cannot run is among the problems. */
  readonly filter: BoundedExpression | null;
  /** What becomes of orders by their type and state; null where the mapping has no such rules. */
  readonly sales: CompiledSales | null;
  /** API names with the prefix resolved. */
  readonly object: string;
  readonly keyField: string;
  readonly lines: readonly CompiledLine[];
  /** What stands in the way of every record: a field the org lacks, an expression that does not compile. */
  readonly problems: readonly LineProblem[];
  /** Set when the mapping chooses a record type and the org has one for it; written on create only. */
  readonly recordTypeId: string | null;
}

/** Sales rules made ready for one org. */
export interface CompiledSales {
  readonly rules: SalesRules;
  /** Target fields whose numbers get the sign, with the prefix resolved. */
  readonly signed: ReadonlySet<string>;
  readonly markField: FieldDescribe | null;
}

/** When a value is written. `create`: only for a new record. `blank`: only where the target holds nothing. */
export type When = "always" | "create" | "blank";

/** The value is the key of another record of `object` (prefix resolved). */
export interface Reference {
  readonly object: string;
  readonly family?: Family;
}

export interface CompiledLine {
  readonly index: number;
  readonly line: MappingLine;
  /** API name with the prefix resolved. */
  readonly target: string;
  readonly field: FieldDescribe;
  /** The line's own `when`; `create` for a field the org never lets us update. */
  readonly when: When;
  readonly reference?: Reference;
  /** Top-level keys of the source that the expression reads; `*` for the source as a whole. */
  readonly sections: readonly string[];
  /** Dotted path of the first value read, for sentences; by call position for what a function refuses. */
  readonly sourcePath?: string;
  readonly sourcePathsByCall: ReadonlyMap<number, string>;
  /** It is a plain value that S-360 documents as of another kind than the field takes. Takes time: for sentences only. */
  readonly isMisfit: () => boolean;
  /** Evaluates under bounds; undefined when nothing was found. Throws MappingSignal or jsonata's error object. */
  readonly run: (source: unknown, context: EvaluationContext) => Promise<unknown>;
  /** How a value goes back, for a two-way line whose expression can be turned round. */
  readonly inverse?: Inverse;
}

export interface EvaluationContext extends FunctionContext {
  /** Top-level keys that S-360 sends when they exist; a key outside says nothing even when present but empty-handed. */
  readonly selected: (section: string) => boolean;
}

export interface LineProblem {
  /** −1 for the record type and the filter, which have no line. */
  readonly lineIndex: number;
  readonly fault: Fault;
}

export interface EvaluatedField {
  /** −1 for the record type and −2 for the mark of a sale, which have no line. */
  readonly lineIndex: number;
  readonly target: string;
  readonly label: string;
  /** Canonical (canonical.ts). */
  readonly value: CanonicalValue;
  readonly when: When;
  /** Set when the value is the key of another record. */
  readonly reference?: Reference;
  /** Written only where the target holds one of these. */
  readonly over?: readonly CanonicalValue[];
}

export interface Evaluation {
  /** The record's own external id value. */
  readonly key: string | null;
  readonly fields: readonly EvaluatedField[];
  /** By a sales rule the record is only marked: what Salesforce does not have is not created. */
  readonly marksOnly: boolean;
  /** What this source makes of the lines. Any problem, here or in the compiled mapping, holds the record. */
  readonly problems: readonly LineProblem[];
}
