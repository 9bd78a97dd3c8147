/** Which target fields signs and marks can go to. Pure. */
import type { TargetField } from "@/lib/mappings/contract";

export function isNumber({ type }: TargetField): boolean {
  return type === "number" || type === "integer";
}

export function holdsMarks({ type, notWritable, isBoolean }: TargetField): boolean {
  return notWritable === null && (isBoolean || type === "picklist" || type.startsWith("text("));
}
