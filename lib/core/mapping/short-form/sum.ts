/** What somebody who adds a number to a value probably means: a calculation, which short form does not have. */
import { typeAt, type SourceMember } from "../source-model";
import { compileShortForm } from "./compile";
import type { ShortValue } from "./form";

/** `$money(operation.unitPrice) + 5`, as a list takes it over as an expression. */
export function sumWith(value: ShortValue, number: string, model: readonly SourceMember[]): string {
  const {
    through,
    from: [path = []],
  } = value;
  const names = path.map(({ name }) => name);
  const isAmount = through.by === "itself" && typeAt(model, names) === "money";
  const added: ShortValue = isAmount ? { ...value, through: { by: "money" } } : value;
  const text = compileShortForm({ form: "values", before: "", values: [added], separators: [], after: "" });
  // Without a function it would be read as short form again.
  return text.startsWith("$") ? `${text} + ${number}` : `(${text} + ${number})`;
}
