/** A short form as rows to choose from: what an admin changes, and what it becomes. Pure. */
import { readShortForm } from "@/lib/core/mapping/short-form/parse";
import { printShortForm } from "@/lib/core/mapping/short-form/print";
import {
  shortHelpers,
  type ShortForm,
  type ShortProblem,
  type ShortValue,
} from "@/lib/core/mapping/short-form/form";
import type { SourceMember } from "@/lib/core/mapping/source-model";
import type { Choice } from "../lines/policies";

export type ValuesForm = Extract<ShortForm, { form: "values" }>;

/** What is done with a value, in an admin's words; value maps by their names. */
export function throughChoices(valueMaps: readonly string[]): readonly Choice<string>[] {
  return [
    { value: "itself", label: "As it is" },
    { value: "not", label: "The opposite (yes becomes no)" },
    ...valueMaps.map((name) => ({ value: `valueMap ${name}`, label: `Looked up in ${name}` })),
    ...shortHelpers.map((helper) => ({ value: helper, label: helperWords[helper] })),
  ];
}

const helperWords: Readonly<Record<(typeof shortHelpers)[number], string>> = {
  money: "Amount as a number",
  moneyText: "Amount as text",
  number: "As a number",
  date: "As a date",
  dateTime: "As a date and time",
  phone: "As an international phone number",
  country: "As a country code",
  percent: "Percentage as a number",
};

export function throughChoiceOf({ through }: ShortValue): string {
  return through.by === "valueMap" ? `valueMap ${through.name}` : through.by;
}

export function throughOf(choice: string): ShortValue["through"] {
  if (choice.startsWith("valueMap ")) return { by: "valueMap", name: choice.slice("valueMap ".length) };
  const by = shortHelpers.find((helper) => helper === choice);
  return { by: by ?? (choice === "not" ? "not" : "itself") };
}

export const separatorChoices: readonly Choice<string>[] = [
  { value: " ", label: "a space" },
  { value: "\n", label: "a line break" },
  { value: ", ", label: "a comma" },
  { value: "", label: "nothing" },
  { value: "other", label: "other text" },
];

export function separatorChoiceOf(separator: string): string {
  return separatorChoices.some(({ value }) => value === separator) ? separator : "other";
}

/** Texts that cannot be read, by the place of their value. */
export type Cells = Readonly<Record<number, string>>;

/** The form as text, with what cannot be read as it was typed. */
export function textWithCells(form: ValuesForm, cells: Cells): string {
  // A name that nobody writes stands for what is put in its place afterwards.
  const standIn = (index: number) => `typed_value_${index}_`;
  const values = form.values.map((value, index): ShortValue => {
    if (cells[index] === undefined) return value;
    return {
      ...value,
      from: [[{ name: standIn(index), all: false, position: null, where: [] }]],
      filled: false,
    };
  });
  return Object.entries(cells).reduce(
    (text, [index, typed]) => text.replace(standIn(Number(index)), () => typed),
    printShortForm({ ...form, values }),
  );
}

export function withCell(cells: Cells, index: number, typed: string | null): Cells {
  const { [index]: _, ...others } = cells;
  return typed === null ? others : { ...others, [index]: typed };
}

/** Of a form that has lost the value at `index`. */
export function cellsWithout(cells: Cells, index: number): Cells {
  const kept = Object.entries(cells).flatMap(([key, typed]) => {
    const at = Number(key);
    return at === index ? [] : [[at > index ? at - 1 : at, typed] as const];
  });
  return Object.fromEntries(kept);
}

/** A line that says nothing yet. */
export const emptyForm: ValuesForm = { form: "values", before: "", values: [], separators: [], after: "" };

/** The path or paths of a value, as text. */
export function pathText({ from, filled }: Pick<ShortValue, "from" | "filled">): string {
  return printShortForm(formOf([{ through: { by: "itself" }, from, filled }]));
}

export type PathAnswer =
  | {
      readonly ok: true;
      readonly value: Pick<ShortValue, "from" | "filled">;
      /** Names that no source has: worth a look, not a fault. */
      readonly unknown: readonly ShortProblem[];
    }
  | { readonly ok: false; readonly sentence: string };

/** One path, or first(…) of several. */
export function readPath(text: string, model: readonly SourceMember[]): PathAnswer {
  const answer = readShortForm(text, model);
  if (!answer.ok) return { ok: false, sentence: answer.problem.sentence };
  const { form } = answer;
  const [only] = form.form === "values" ? form.values : [];
  const isPlain =
    form.form === "values" &&
    form.values.length === 1 &&
    form.before === "" &&
    form.after === "" &&
    only?.through.by === "itself";
  if (!isPlain || !only) return { ok: false, sentence: "Write one path here, such as addresses(main)/town." };
  return { ok: true, value: { from: only.from, filled: only.filled }, unknown: answer.unknown };
}

function formOf(values: readonly ShortValue[]): ValuesForm {
  return { form: "values", before: "", values, separators: values.slice(1).map(() => " "), after: "" };
}

export function withValue(form: ValuesForm, index: number, changes: Partial<ShortValue>): ValuesForm {
  return {
    ...form,
    values: form.values.map((value, at) => (at === index ? { ...value, ...changes } : value)),
  };
}

export function withSeparator(form: ValuesForm, index: number, separator: string): ValuesForm {
  return { ...form, separators: form.separators.map((each, at) => (at === index ? separator : each)) };
}

/** One more value, behind the same separator as the one before it. */
export function withAdded(form: ValuesForm, value: Pick<ShortValue, "from" | "filled">): ValuesForm {
  return {
    ...form,
    values: [...form.values, { through: { by: "itself" }, ...value }],
    separators: form.values.length === 0 ? [] : [...form.separators, form.separators.at(-1) ?? " "],
  };
}

export function without(form: ValuesForm, index: number): ValuesForm {
  const gap = Math.max(0, index - 1);
  return {
    ...form,
    values: form.values.filter((_, at) => at !== index),
    separators: form.separators.filter((_, at) => at !== gap),
  };
}
