/** What single lines and the filter must satisfy beyond being readable: values that fit, a key that is one. */
import type { FieldDescribe } from "../../side";
import type { Kind } from "../../words";
import { checkExpression } from "../expression/allow-list";
import type { AstNode } from "../expression/ast";
import { parsedExpression } from "../expression/parsed";
import { whyItDoesNotFit } from "./constants";
import type { MappingDocument, MappingLine } from "../document";
import { pathsOf } from "../sections";
import { sourceModel, typeAt } from "../source-model";

/** Where a record's own S-360 number stands (design §1 record: keyed by it). */
export const ownNumber: Readonly<Record<Kind, string>> = {
  individual: "contactNumber",
  relay: "contactNumber",
  structure: "contactNumber",
  operation: "operation.operationId",
  order: "order.orderId",
};

/** The key has to tell every record from every other: two with one key would become one in Salesforce. */
export function sentencesOfKey(line: MappingLine, kind: Kind): readonly string[] {
  const cuts =
    line.tooLong === "cut" ? ["The key cannot be cut: two records could become one. Hold it instead."] : [];
  const once = line.when !== "always" ? ["The key is written always, not only on new or empty records."] : [];
  const parsed = parsedExpression(line.expression);
  const own = ownNumber[kind];
  const isRead = parsed.ok && checkExpression(line.expression).length === 0;
  const foreign =
    isRead && !pathsOf(parsed.ast).includes(own)
      ? [
          `The key has to be made from ${own}, the number by which S-360 knows the record: with anything else two records could become one in Salesforce.`,
        ]
      : [];
  const spare =
    typeof line.onMissing === "object" || typeof line.onInvalid === "object"
      ? ["The key can have no value to use instead: records with it would become one. Hold the record."]
      : [];
  return [...cuts, ...once, ...foreign, ...spare];
}

/** Values that the line writes whatever S-360 says. `called`: what sentences call the field. */
export function sentencesOfConstants(
  line: MappingLine,
  field: FieldDescribe,
  called: string,
): readonly string[] {
  const { onMissing, onInvalid, expression, tooLong, reference } = line;
  if (reference) return [];
  const parsed = parsedExpression(expression);
  const constants = [
    ["The value", parsed.ok ? literalOf(parsed.ast) : null],
    ["The value to use when there is none", typeof onMissing === "object" ? onMissing.default : null],
    ["The value to use instead of an invalid one", typeof onInvalid === "object" ? onInvalid.default : null],
  ] as const;
  return constants.flatMap(([what, value]) => {
    const why = value === null ? null : whyItDoesNotFit(value, field, { mayBeCut: tooLong === "cut" });
    return why === null ? [] : [`${what} does not fit ${called}: ${why}`];
  });
}

function literalOf({ type, value }: AstNode): string | number | boolean | null {
  const isLiteral = type === "string" || type === "number" || type === "value";
  return isLiteral && (typeof value === "string" || typeof value === "number" || typeof value === "boolean")
    ? value
    : null;
}

/** Types of values that are never true or false. */
const neverFlags = new Set(["number", "money", "date", "dateTime", "code"]);

/** A filter that compares nothing leaves out every record. */
export function sentencesOfCondition(filter: string, kind: MappingDocument["kind"]): readonly string[] {
  const parsed = parsedExpression(filter);
  if (!parsed.ok) return [];
  const literal = literalOf(parsed.ast);
  if (literal !== null && typeof literal !== "boolean")
    return [`It gives ${JSON.stringify(literal)} for every record, and a condition must give true or false.`];
  const [path] = parsed.ast.type === "path" ? pathsOf(parsed.ast) : [];
  const type = path === undefined ? null : typeAt(sourceModel(kind), path.split("."));
  return type !== null && neverFlags.has(type)
    ? [`${path} is never true or false. Compare it with a value, such as ${path} = "…".`]
    : [];
}
