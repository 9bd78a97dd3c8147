import type { FieldDescribe } from "@/lib/core/side";
import { soqlString } from "./soql";

/** A value as SOQL takes it for the field. Null where no record can hold it: too long, or not of the field's type. */
export function fieldLiteral(value: string, field: FieldDescribe): string | null {
  const text = value.trim();
  if (text === "" || /\p{Surrogate}/u.test(text)) return null;
  if (field.type === "integer" || field.type === "number")
    return /^-?\d{1,18}(\.\d+)?$/.test(text) ? text : null;
  if (field.type === "date") return /^\d{4}-\d{2}-\d{2}$/.test(text) ? text : null;
  if (field.length > 0 && text.length > field.length) return null;
  return soqlString(text);
}
