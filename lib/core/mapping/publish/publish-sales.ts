/** What sales rules must satisfy before a mapping with them may run. */
import { fieldNamed, problemOfField } from "../compile";
import { whyItDoesNotFit } from "./constants";
import type { MappingDocument } from "../document";
import type { MappingTarget } from "../evaluation";
import { sameField, sureFieldKey } from "../field-name";
import { fieldWords } from "./field-words";
import { resolveName } from "../published";
import { marksOf } from "../sales/sale-values";
import type { SalesRules } from "../sales/sales";

/** Sentences; without a target (the org cannot be asked) the fields are not checked. */
export function sentencesOfSales(
  { kind, sales, keyField, lines }: MappingDocument,
  target: MappingTarget | null,
): readonly string[] {
  if (!sales) return [];
  if (kind !== "operation")
    return ["Only mappings of operations have sales rules. Take the rules out of this mapping."];
  const keyOf = (name: string) => sureFieldKey(name, target?.prefix ?? null);
  const filled = new Set(lines.map((line) => keyOf(line.target)));
  return [
    ...sales.rules.flatMap((rule, index) =>
      rule.action === "mark" && rule.mark === undefined
        ? [`Sales rule ${index + 1} marks sales, but does not say with what. Give it a mark.`]
        : [],
    ),
    ...shadowed(sales),
    ...(sales.signed.length === 0 &&
    sales.rules.some((rule) => rule.action === "write" && rule.sign !== "as-sent")
      ? ["A sales rule sets the sign of amounts: choose which amounts get it."]
      : []),
    ...sales.signed.flatMap((name) => {
      if (!filled.has(keyOf(name)))
        return [
          `The sign counts for ${fieldWords(name, target)}, and no line fills it. Add the line, or take the field off the list.`,
        ];
      const field = target && fieldNamed(name, target);
      return field && field.type !== "number" && field.type !== "integer"
        ? [`${fieldWords(name, target)} has no sign: it is not a number. Take it off the list.`]
        : [];
    }),
    ...sentencesOfMarks(sales, keyField, target),
  ];
}

/** A rule behind one that fits every order would never count. */
function shadowed({ rules }: SalesRules): readonly string[] {
  const all = rules.findIndex(({ types, states }) => types.length === 0 && states.length === 0);
  return all < 0 || all === rules.length - 1
    ? []
    : [
        `Sales rule ${all + 1} is for every order, so that the rules below it never count. Move it to the end.`,
      ];
}

function sentencesOfMarks(
  sales: SalesRules,
  keyField: string,
  target: MappingTarget | null,
): readonly string[] {
  const marks = marksOf(sales);
  const { markField } = sales;
  if (markField === undefined)
    return marks.length > 0 ? ["Sales are to be marked: choose the field that gets the marks."] : [];
  if (sameField(markField, keyField, target?.prefix ?? null))
    return [
      "The key cannot be the field of the marks: the sale would not be found again. Choose another field.",
    ];
  if (!target) return [];
  const field = fieldNamed(markField, target);
  const problem = problemOfField(resolveName(markField, target.prefix), field, target);
  if (problem !== undefined || !field) return [`Marks cannot be set. ${problem ?? ""}`];
  if (field.type === "reference" || field.type === "id")
    return [
      `${fieldWords(markField, target)} points to a record and cannot hold a mark. Choose a text or a picklist.`,
    ];
  return marks.flatMap((mark) => {
    const why = whyItDoesNotFit(mark, field);
    return why === null ? [] : [`The mark "${mark}" does not fit ${fieldWords(markField, target)}: ${why}`];
  });
}
