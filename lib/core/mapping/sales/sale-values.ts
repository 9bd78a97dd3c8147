/** What the sales rules do to the values of one sale: signs and marks. Pure. */
import type { CanonicalValue, FieldDescribe } from "../../side";
import type { CompiledSales, EvaluatedField } from "../evaluation";
import type { SaleSign, SalesRules, SaleStanding } from "./sales";
import { shape } from "../shape";

/** The field that tells which mark a sale has; it has no line. */
export const markLineIndex = -2;

/** Fields of a sale that is written, its amounts with the sign of its rule, and without any mark it had. */
export function writtenSale(
  fields: readonly EvaluatedField[],
  sales: CompiledSales,
  { sign }: Extract<SaleStanding, { action: "write" }>,
): EvaluatedField[] {
  const signed = fields.map((field) =>
    sales.signed.has(field.target) ? { ...field, value: withSign(field.value, sign) } : field,
  );
  const { markField, rules } = sales;
  if (!markField || fields.some(({ target }) => target === markField.name)) return signed;
  const over = marksOf(rules).map((mark) => markValue(mark, markField));
  if (over.length === 0) return signed;
  return [...signed, { ...markOf(markField, markField.type === "boolean" ? false : null), over }];
}

/** The mark of a sale that keeps all else. Throws a MappingSignal for a mark that the field's type cannot hold. */
export function markedSale(
  { markField }: CompiledSales,
  { mark }: Extract<SaleStanding, { action: "mark" }>,
): EvaluatedField[] {
  return markField ? [markOf(markField, markValue(mark, markField))] : [];
}

function markOf({ name, label }: FieldDescribe, value: CanonicalValue): EvaluatedField {
  return { lineIndex: markLineIndex, target: name, label, value, when: "always" };
}

/** A number with the sign of a rule; anything else as it is. */
function withSign(value: CanonicalValue, sign: SaleSign): CanonicalValue {
  if (typeof value !== "number" || sign === "as-sent" || value === 0) return value;
  return sign === "plus" ? Math.abs(value) : -Math.abs(value);
}

/** Every mark that a sale may have got. */
export function marksOf({ rules, vanished }: SalesRules): string[] {
  const marks = rules.flatMap(({ action, mark }) => (action === "mark" && mark !== undefined ? [mark] : []));
  return [...new Set(vanished === undefined ? marks : [...marks, vanished])];
}

/** A mark in the form the field keeps it. Throws a MappingSignal for what its type cannot hold. */
export function markValue(mark: string, field: FieldDescribe): CanonicalValue {
  return shape(mark, field, "UTC");
}
