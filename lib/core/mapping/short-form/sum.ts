/** What somebody who adds a number to a value probably means: a calculation, which short form does not have. */
import { typeAt, type SourceMember } from "../source-model";
import { helperFunctions, type ShortValue } from "./form";

/** `$money(operation.unitPrice) + 5`, as a list takes it over as an expression. */
export function sumWith(
  { through, from: [path = []] }: ShortValue,
  number: string,
  model: readonly SourceMember[],
): string {
  const names = path.map(({ name }) => name);
  const isAmount = through.by === "itself" && typeAt(model, names) === "money";
  const by = isAmount ? "money" : through.by;
  if (by === "itself" || by === "valueMap") return `(${names.join(".")} + ${number})`;
  return `$${helperFunctions[by]}(${names.join(".")}) + ${number}`;
}
