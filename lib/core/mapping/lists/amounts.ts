/** S-360 sends amounts in thousandths; where a list names one bare, the amount itself is meant. */
import type { Kind } from "../../words";
import type { ShortForm, ShortHelper, ShortPath, ShortValue } from "../short-form/form";
import { memberOf, sourceModel, type SourceMember } from "../source-model";

export interface WithAmounts {
  readonly form: ShortForm;
  /** What was put around amounts; null when there was none to be wrapped. */
  readonly helper: ShortHelper | null;
}

/**
 * Wraps bare amounts: `money` for a number, `moneyText` inside of text. `fieldType`: the field's type in the words of a
 * target; null while the org was never asked.
 */
export function withAmounts(form: ShortForm, kind: Kind, fieldType: string | null): WithAmounts {
  if (form.form === "constant") return { form, helper: null };
  const stands = form.values.length === 1 && form.before === "" && form.after === "";
  const helper = stands ? helperAlone(fieldType) : "moneyText";
  const model = sourceModel(kind);
  const isBare = ({ through, from }: ShortValue) =>
    through.by === "itself" && from.every((path) => typeOf(path, model) === "money");
  if (helper === null || !form.values.some(isBare)) return { form, helper: null };
  const values = form.values.map((value) => (isBare(value) ? { ...value, through: { by: helper } } : value));
  return { form: { ...form, values }, helper };
}

const textTypes = /^(text|long text|email|phone|url|picklist|multi-select picklist)\b/;

function helperAlone(fieldType: string | null): ShortHelper | null {
  if (fieldType === null || fieldType === "number" || fieldType === "integer") return "money";
  return textTypes.test(fieldType) ? "moneyText" : null;
}

function typeOf(path: ShortPath, model: readonly SourceMember[]): SourceMember["type"] {
  let members = model;
  let type: SourceMember["type"] = null;
  for (const { name } of path) {
    const member = memberOf(members, name);
    if (!member) return null;
    members = member.members;
    type = member.type;
  }
  return type;
}
