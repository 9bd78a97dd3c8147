/** What is worth a look in a line before it runs, whatever the record: one source for the row, the lists and the dialog. Pure. */
import type { Kind } from "../../words";
import type { MappingLine } from "../document";
import { recogniseShortForm } from "../short-form/recognise";
import { sourceModel, type SourceMember } from "../source-model";
import { bareAmountsIn, sentenceOfAmount } from "./bare-amounts";
import { fitOf, type Fit, type FieldRoom } from "./fit";
import { documentedAt, sourceValueOf, type SeenValues } from "./source-value";

/** What is known of S-360's values. */
export interface KnownSource {
  readonly model: readonly SourceMember[];
  readonly seen: SeenValues;
}

export interface Remarks {
  readonly grade: Fit["grade"];
  readonly sentences: readonly string[];
}

/** `room` null: the field is not known, and only what holds for any field is said. */
export function remarksOn(
  { expression, tooLong }: Pick<MappingLine, "expression" | "tooLong">,
  room: FieldRoom | null,
  { model, seen }: KnownSource,
): Remarks {
  const form = recogniseShortForm(expression);
  const value = form && sourceValueOf(form, seen);
  // What is cut says so itself.
  const fitting = room && (tooLong === "cut" ? { ...room, length: 0 } : room);
  const fit = fitting && fitOf(value, fitting);
  // A single amount is told with its field: that knows whether it takes a number or a text.
  const amounts = fit && value?.kind === "money" ? [] : bareAmountsIn(expression, model);
  return {
    grade: fit?.grade ?? "fits",
    sentences: [
      ...(fit && fit.sentence !== null ? [fit.sentence] : []),
      ...amounts.map((amount) => sentenceOfAmount(amount, form !== null)),
    ],
  };
}

/** What S-360's documentation alone says. */
export function documentedSource(kind: Kind): KnownSource {
  const model = sourceModel(kind);
  return { model, seen: { at: documentedAt(model), valueMap: () => null } };
}
