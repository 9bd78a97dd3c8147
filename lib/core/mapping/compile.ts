/** A mapping made ready for one org: names resolved, fields found, expressions parsed. */
import type { Fault, FaultCode } from "../faults";
import type { FieldDescribe } from "../side";
import { checkExpression } from "./expression/allow-list";
import { boundExpression } from "./expression/bounded-expression";
import type { Breathe } from "./expression/clock";
import type { MappingDocument, MappingLine } from "./document";
import type { CompiledLine, CompiledMapping, CompiledSales, LineProblem, MappingTarget } from "./evaluation";
import { documentedSource, remarksOn } from "./fit/remarks";
import { inverseOf } from "./back/inverse";
import { resolveName } from "./published";

/** Never throws: what cannot be compiled is a problem of its line, and stands in the way of every record. */
export function compileMapping(document: MappingDocument, target: MappingTarget): CompiledMapping {
  const fields = new Map(target.describe.fields.map((field) => [field.name.toLowerCase(), field]));
  const lines: CompiledLine[] = [];
  const problems: LineProblem[] = [];
  document.lines.forEach((line, index) => {
    const compiled = compileLine(line, index, fields, target, document.kind);
    if ("fault" in compiled) problems.push({ lineIndex: index, fault: compiled.fault });
    else lines.push(compiled);
  });
  const filter = document.filter === undefined ? null : boundExpression(document.filter);
  if (filter && !filter.ok)
    problems.push({ lineIndex: -1, fault: filterFault(filter.problems[0]?.sentence) });
  const sales = compileSales(document, target);
  if (sales && "fault" in sales) problems.push({ lineIndex: -1, fault: sales.fault });
  const hasOwnRecordTypeLine = lines.some((line) => line.target === "RecordTypeId");
  return {
    document,
    filter: filter?.ok ? filter.bounded : null,
    sales: sales && !("fault" in sales) ? sales : null,
    object: resolveName(document.object, target.prefix),
    keyField: fieldNamed(document.keyField, target)?.name ?? resolveName(document.keyField, target.prefix),
    lines,
    problems,
    recordTypeId: document.recordType && !hasOwnRecordTypeLine ? target.recordTypeId : null,
  };
}

function compileSales(
  { sales }: MappingDocument,
  target: MappingTarget,
): CompiledSales | { fault: Fault } | null {
  if (!sales) return null;
  const signed = new Set(sales.signed.map((name) => fieldNamed(name, target)?.name ?? name));
  if (sales.markField === undefined) return { rules: sales, signed, markField: null };
  const name = resolveName(sales.markField, target.prefix);
  const field = fieldNamed(sales.markField, target);
  const sentence = problemOfField(name, field, target);
  if (sentence !== undefined || !field)
    return {
      fault: { code: "field_missing", field: name, sentence: `Marks cannot be set. ${sentence ?? ""}` },
    };
  return { rules: sales, signed, markField: field };
}

/** The field of the org that a document names, whatever its case. */
export function fieldNamed(name: string, { prefix, describe }: MappingTarget): FieldDescribe | undefined {
  const wanted = resolveName(name, prefix).toLowerCase();
  return describe.fields.find((field) => field.name.toLowerCase() === wanted);
}

/** Parses and checks what a mapping says, with turns for others in between, so that compiling it is quick then. */
export async function readAhead({ filter, lines }: MappingDocument, breathe: Breathe): Promise<void> {
  for (const text of [filter ?? [], ...lines.map(({ expression }) => expression)].flat()) {
    await breathe();
    boundExpression(text);
    await breathe();
    checkExpression(text);
  }
}

/** The filter of a mapping, which has no line, as a fault. */
export function filterFault(
  reason = "It cannot be read.",
  code: Extract<FaultCode, "expression_failed" | "expression_slow"> = "expression_failed",
): Fault {
  const sentence = `Which records take part cannot be told. ${reason} Correct the filter of the mapping.`;
  return { code, sentence };
}

function compileLine(
  line: MappingLine,
  index: number,
  fields: ReadonlyMap<string, FieldDescribe>,
  target: MappingTarget,
  kind: MappingDocument["kind"],
): CompiledLine | { fault: Fault } {
  const name = resolveName(line.target, target.prefix);
  const field = fields.get(name.toLowerCase());
  const fieldProblem = problemOfField(name, field, target);
  if (fieldProblem || !field)
    return { fault: { code: "field_missing", field: name, sentence: fieldProblem ?? "" } };
  const compiled = boundExpression(line.expression);
  if (!compiled.ok) {
    const sentence = compiled.problems.map((problem) => problem.sentence).join(" ");
    return {
      fault: {
        code: "expression_failed",
        field: name,
        sentence: `The line for ${field.label} cannot run. ${sentence}`,
      },
    };
  }
  const { reference } = line;
  const back = line.twoWay ? inverseOf(line.expression, field) : undefined;
  return {
    index,
    line,
    target: field.name,
    field,
    when: line.when === "always" && !field.updateable ? "create" : line.when,
    ...(reference && { reference: { ...reference, object: resolveName(reference.object, target.prefix) } }),
    ...(back?.ok && { inverse: back.inverse }),
    isMisfit: () => remarksOn(line, field, documentedSource(kind)).grade !== "fits",
    ...compiled.bounded,
  };
}

/** Why the org does not let us write the field; undefined when it does. */
export function problemOfField(
  name: string,
  field: FieldDescribe | undefined,
  target: MappingTarget,
): string | undefined {
  const object = `${target.describe.label} (${target.describe.name})`;
  if (!field) {
    return (
      `The org has no field ${name} on ${object}, or the integration user cannot see it. ` +
      "Create it or grant access to it in Salesforce, or take the line out of the mapping."
    );
  }
  if (field.createable || field.updateable) return undefined;
  return (
    `${field.label} (${field.name}) on ${object} cannot be written: it is computed, or the integration user may only ` +
    "read it. Grant edit access in Salesforce, or take the line out of the mapping."
  );
}
