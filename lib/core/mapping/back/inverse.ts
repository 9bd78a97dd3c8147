/** Which lines can also go back, told from their syntax tree: how a Salesforce value becomes members of the contact. */
import type { FieldDescribe, FieldType } from "../../side";
import { contactKinds, type Kind } from "../../words";
import { callOf, unwrapped, type AstNode } from "../expression/ast";
import type { CompiledLine, CompiledMapping } from "../evaluation";
import type { Conversion, Inverse } from "./inverse-form";
import { placeOf, type Place, type PlaceAnswer } from "./inverse-place";
import { parsedExpression } from "../expression/parsed";
import { remembered } from "../expression/remembered";
import { helperFunctions, shortHelpers } from "../short-form/form";

export type InverseAnswer =
  | { readonly ok: true; readonly inverse: Inverse }
  /** What an admin reads beside the line. */
  | { readonly ok: false; readonly sentence: string };

/**
 * Without a field (the org cannot be asked) its type is not judged. Never throws. Remembers what it found for an
 * expression given as text.
 */
export function inverseOf(
  expression: string | AstNode,
  field: Pick<FieldDescribe, "type"> | null,
): InverseAnswer {
  if (field && oneWayTypes.has(field.type)) {
    return oneWay(`Salesforce fields of its type (${field.type}) are not carried back`);
  }
  return typeof expression === "string" ? inverseOfText(expression) : recognise(expression);
}

/** S-360 is asked to change contacts; sales come from it and stay as it has them. */
export function goesBack(kind: Kind): boolean {
  return (contactKinds as readonly Kind[]).includes(kind);
}

/** Lines whose edits in Salesforce go to S-360: what the change feed reads. */
export function fieldsBackOf({ document, lines }: CompiledMapping): readonly CompiledLine[] {
  if (!goesBack(document.kind)) return [];
  return lines.filter(
    ({ line, inverse, field, reference, when }) =>
      line.twoWay && inverse && field.updateable && !reference && when === "always",
  );
}

/** The whole sentence for a reason that stands after "because". */
export function oneWay(reason: string): Extract<InverseAnswer, { ok: false }> {
  return { ok: false, sentence: `This line goes from S-360 to Salesforce only, because ${reason}.` };
}

/** Keys of other records, several values in one, and what Salesforce computes. */
const oneWayTypes: ReadonlySet<FieldType> = new Set(["reference", "id", "multipicklist", "other"]);

const inverseOfText = remembered((text): InverseAnswer => {
  const parsed = parsedExpression(text);
  return parsed.ok ? recognise(parsed.ast) : oneWay("its expression cannot be read");
});

function recognise(ast: AstNode): InverseAnswer {
  const node = unwrapped(ast);
  if (node.type !== "function") return valueAt(placeOf(node), { by: "type" });
  const name = callOf(node)?.name;
  const parts = (node.arguments ?? []).map(unwrapped);
  const [first, second] = parts;
  switch (name) {
    case "first":
      return valueAt(argumentPlace(node), { by: "type" });
    case "lines":
      return linesAt(parts.map((part) => argumentPlace(part)));
    case "valueMap":
      if (first?.type !== "string") return oneWay("its value map is not named in quotes");
      return valueAt(argumentPlace(second), { by: name, name: String(first.value) });
    case "opposite":
    case "phone":
    case "country":
    case "date":
    case "dateTime":
    case "money":
      return valueAt(argumentPlace(first), { by: name });
    case "toNumber":
      return valueAt(argumentPlace(first), { by: "number" });
    case "around":
      return oneWay("it puts text around the value, and nothing says where the value ends");
    case "joinParts":
      return oneWay("it puts several values into one, and nothing says where one ends and the next begins");
    case undefined:
      return oneWay("its expression computes the value");
    default:
      return oneWay(`what ${writtenName(name)} gives cannot be turned back`);
  }
}

/** Short form writes its helpers without a sign. */
function writtenName(name: string): string {
  const helper = shortHelpers.find((each) => helperFunctions[each] === name);
  return helper ? `${helper}(…)` : `$${name}`;
}

function valueAt(answer: PlaceAnswer, conversion: Conversion): InverseAnswer {
  return answer.ok
    ? { ok: true, inverse: { form: "value", place: answer.place, conversion } }
    : oneWay(answer.reason);
}

function linesAt(answers: readonly PlaceAnswer[]): InverseAnswer {
  const places: Place[] = [];
  for (const answer of answers) {
    if (!answer.ok) return oneWay(answer.reason);
    places.push(answer.place);
  }
  return places.length === 0
    ? oneWay("$lines is given nothing")
    : { ok: true, inverse: { form: "lines", places } };
}

/** A path, or `$first` of one: the first value that is not empty is taken either way. */
function argumentPlace(node: AstNode | undefined): PlaceAnswer {
  if (node?.type !== "function") return placeOf(node);
  const [list, ...more] = node.arguments ?? [];
  if (callOf(node)?.name !== "first" || !list) {
    return { ok: false, reason: "its functions are used on the result of another function" };
  }
  if (more.length > 0) {
    return {
      ok: false,
      reason: "it takes the first of several values that is there, and nothing says which to change",
    };
  }
  return placeOf(unwrapped(list), "list");
}
