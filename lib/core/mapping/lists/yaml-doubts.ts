/** What is worth a look in a mapping from a file: it can be loaded all the same, and hardly does what is meant. */
import type { Kind } from "../../words";
import type { MappingLine } from "../document";
import { sourceModel } from "../source-model";
import { documentedSource, remarksOn, type KnownSource } from "../fit/remarks";
import { findField, type ListField } from "./find-field";
import { unknownNames, type Suggestion } from "./suggestion";

export interface Doubt {
  /** 1-based line of the text. */
  readonly at: number | null;
  readonly sentence: string;
  readonly suggestion: Suggestion | null;
}

interface Loaded {
  readonly lines: readonly MappingLine[];
  /** Where each of the lines stands. */
  readonly places: readonly (number | null)[];
}

/** `fields` null: the org was never asked, and only S-360's names are looked at. */
export function doubtsAbout(
  { lines, places }: Loaded,
  fields: readonly ListField[] | null,
  kind: Kind,
  source?: KnownSource,
): readonly Doubt[] {
  const model = sourceModel(kind);
  return lines.flatMap((line, index) => {
    const at = places[index] ?? null;
    const to = places[index + 1] ?? null;
    const doubt = (sentence: string, from: number | null, wrong: string, right: string | null): Doubt => {
      const suggestion =
        right === null || from === null ? null : { wrong, right, lines: { from, to }, at: null };
      return { at, sentence, suggestion };
    };
    const field = fields && unknownField(line.target, fields);
    // What a line says may stand below its name.
    const named = at === null ? null : (places[index - 1] ?? 1);
    const names = unknownNames(line.expression, model);
    const known = fields && findField(line.target, fields, false);
    const room = known?.ok ? (known.field.room ?? null) : null;
    const remarks = remarksOn(line, room, source ?? documentedSource(kind)).sentences;
    return [
      ...(field ? [doubt(field.sentence, named, line.target, field.meant)] : []),
      ...names.map(({ sentence, wrong, right }) =>
        doubt(`${labelOf(line.target, fields)}: ${sentence}`, at, wrong, right),
      ),
      ...remarks.map((sentence) => doubt(`${labelOf(line.target, fields)}: ${sentence}`, at, "", null)),
    ];
  });
}

/** As people know the field. */
function labelOf(target: string, fields: readonly ListField[] | null): string {
  const found = fields && findField(target, fields, false);
  if (!found?.ok) return target;
  const { label, name } = found.field;
  return label === name ? name : `${label} (${name})`;
}

function unknownField(
  target: string,
  fields: readonly ListField[],
): { readonly sentence: string; readonly meant: string | null } | null {
  const found = findField(target, fields);
  if (found.ok) return null;
  // It may be a label that is near, and documents write API names.
  const meant = fields.find(({ name, label }) => name === found.suggestion || label === found.suggestion);
  return { sentence: found.sentence, meant: meant?.target ?? null };
}
