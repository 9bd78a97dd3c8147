import type { FaultCode } from "../faults";
import { shortened } from "../shortened";

/** Codes a function of ours may hold a record with. */
export type HoldCode = Extract<FaultCode, "invalid_value" | "unknown_code" | "expression_failed">;

/**
 * Thrown inside an expression to say what becomes of the field: leave it, or hold the record with a sentence.
 * jsonata hands errors on as they are and adds `position` (of the call that threw), which leads to the source path.
 */
export class MappingSignal extends Error {
  position?: number;

  private constructor(
    readonly kind: "leave" | "hold",
    readonly code: HoldCode,
    readonly sentence: string,
    /** Where it is put right. */
    readonly correctIn: "S-360" | "line" = "S-360",
  ) {
    super(sentence);
    this.name = "MappingSignal";
  }

  /** The target field stays as it is, whatever it holds. */
  static leave(): MappingSignal {
    return new MappingSignal("leave", "invalid_value", "The field is left as it is.");
  }

  /** `sentence` starts where the name of the source value ends: "the amount must be …". */
  static hold(code: HoldCode, sentence: string): MappingSignal {
    return new MappingSignal("hold", code, sentence);
  }

  /** The value is what the line asked for, and no field takes it. */
  static wrongLine(sentence: string): MappingSignal {
    return new MappingSignal("hold", "invalid_value", sentence, "line");
  }

  /** A bound of limits.ts was exceeded. */
  static bound(sentence: string): MappingSignal {
    return new MappingSignal("hold", "expression_failed", sentence);
  }
}

/** A value within a sentence: JSON, cut where it would drown the rest. */
export function quoted(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(shortened(value));
  return shortened(JSON.stringify(value) ?? "nothing");
}
