/** Which values of S-360 fit which fields, as the editor tells it. Pure. */
import { bareAmountsIn, sentenceOfAmount } from "@/lib/core/mapping/fit/bare-amounts";
import { fitOf, isChoosy } from "@/lib/core/mapping/fit/fit";
import { remarksOn, type Remarks } from "@/lib/core/mapping/fit/remarks";
import { sourceValueOf, type SourceValue } from "@/lib/core/mapping/fit/source-value";
import { readShortForm } from "@/lib/core/mapping/short-form/parse";
import type { TargetField } from "@/lib/mappings/contract";
import type { EditedLine } from "../draft/editor-state";
import type { EditorSource } from "../source/source";

/** What a path brings; null where its kind is not known. */
export function valueAt(path: string, { model, seen }: EditorSource): SourceValue | null {
  const read = readShortForm(path, model);
  return read.ok ? sourceValueOf(read.form, seen) : null;
}

const silent: Remarks = { grade: "fits", sentences: [] };

/** Whether what a line says fits its field, and what else is worth a look in it; nothing is said of what is half typed. */
export function remarksOfLine(
  { line, unread }: EditedLine,
  field: TargetField | null,
  source: EditorSource,
): Remarks {
  return unread === null ? remarksOn(line, field?.room ?? null, source) : silent;
}

/** Amounts that a condition compares as if they were no thousandths. */
export function amountsComparedIn(condition: string, { model }: EditorSource): readonly string[] {
  const compared = bareAmountsIn(condition, model).filter(({ stands }) => stands === "compared");
  return compared.map((amount) => sentenceOfAmount(amount, false));
}

const mostNamed = 4;

/**
 * Values that surely fit a field that takes only its own kind, the most filled first; none for other fields. Texts that look
 * like it are named only where nothing is of the kind.
 */
export function fittingPaths({ room }: TargetField, source: EditorSource): readonly string[] {
  if (!isChoosy(room)) return [];
  const fitting = source.paths.flatMap((path) => {
    const value = valueAt(path, source);
    return value && fitOf(value, room).grade === "fits" ? [value] : [];
  });
  const isText = ({ kind }: SourceValue) => kind === "text" || kind === "code";
  const ofKind = fitting.filter((value) => !isText(value));
  const named = ofKind.length > 0 ? ofKind : fitting.filter(({ example }) => example !== null);
  return named.slice(0, mostNamed).map(({ name }) => name);
}
