/** What evaluating a mapping on one source gives: values per target field, or problems, never a half-thrown record. */
import type { Fault } from "../faults";
import type { CanonicalValue, FieldDescribe, ObjectDescribe } from "../side";
import type { Family } from "../words";
import type { MappingDocument, MappingLine, ValueMapEntries } from "./document";

/** What the lines of a mapping are compiled for: the org's own names, types and record types. */
export interface MappingTarget {
  readonly prefix: string;
  readonly describe: ObjectDescribe;
  /** Record type for new records, if the org has record types for the object. */
  readonly recordTypeId: string | null;
}

export interface CompiledMapping {
  readonly document: MappingDocument;
  /** API names with the prefix resolved. */
  readonly object: string;
  readonly keyField: string;
  readonly lines: readonly CompiledLine[];
  /** What stands in the way of every record: a field the org lacks, an expression that does not compile. */
  readonly problems: readonly LineProblem[];
  readonly recordTypeId: string | null;
}

export interface CompiledLine {
  readonly index: number;
  readonly line: MappingLine;
  /** API name with the prefix resolved. */
  readonly target: string;
  readonly field: FieldDescribe;
  /** Top-level keys of the source that the expression reads. */
  readonly sections: readonly string[];
  /** Evaluates under bounds; undefined when nothing was found. Throws MappingSignal or an error. */
  readonly run: (source: unknown, context: EvaluationContext) => Promise<unknown>;
}

export interface EvaluationContext {
  readonly valueMaps: Readonly<Record<string, ValueMapEntries>>;
  readonly timeZone: string;
  /** Top-level keys that S-360 sends when they exist; a key outside says nothing even when present but empty-handed. */
  readonly selected: (section: string) => boolean;
}

export interface LineProblem {
  readonly lineIndex: number;
  readonly fault: Fault;
}

export interface EvaluatedField {
  readonly lineIndex: number;
  readonly target: string;
  readonly label: string;
  readonly value: CanonicalValue;
  /** `create`: used only for a new record. `blank`: only where the target holds nothing. */
  readonly when: "always" | "create" | "blank";
  /** Set when the value is the key of another record. */
  readonly reference?: { readonly object: string; readonly family?: Family };
}

export interface Evaluation {
  /** The record's own external id value. */
  readonly key: string | null;
  readonly fields: readonly EvaluatedField[];
  readonly problems: readonly LineProblem[];
}
