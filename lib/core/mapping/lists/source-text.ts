/** Where a value comes from, as text: in short form where there is one, else in JSONata. Both ways. */
import type { Kind } from "../../words";
import { checkExpression } from "../expression/allow-list";
import { compileShortForm } from "../short-form/compile";
import type { ShortForm, ShortProblem, ShortProblemCode } from "../short-form/form";
import { readShortForm } from "../short-form/parse";
import { printShortForm } from "../short-form/print";
import { recogniseShortForm } from "../short-form/recognise";
import { sourceModel } from "../source-model";

export type SourceLanguage = "short form" | "JSONata";

export interface SourceText {
  readonly text: string;
  readonly language: SourceLanguage;
}

/** What a stored expression is shown and written as. What is called short form compiles to the very same expression. */
export function sourceText(expression: string, kind: Kind): SourceText {
  const form = recogniseShortForm(expression);
  if (form) {
    const text = printShortForm(form);
    const again = readShortForm(text, sourceModel(kind));
    if (again.ok && compileShortForm(again.form) === expression) return { text, language: "short form" };
  }
  return { text: expression, language: "JSONata" };
}

/** What is wrong with a source, where, and what was likely meant. */
export interface SourceProblem {
  readonly sentence: string;
  /** 1-based character of the source; undefined when the whole of it is meant. */
  readonly position?: number;
  readonly length?: number;
  readonly suggestion?: string;
  /** Of short form. */
  readonly code?: ShortProblemCode;
}

export type SourceAnswer =
  | {
      readonly ok: true;
      readonly expression: string;
      /** Null for JSONata. */
      readonly form: ShortForm | null;
      /** Names that S-360's documentation does not know: worth a look, not a fault. */
      readonly unknown: readonly ShortProblem[];
    }
  | { readonly ok: false; readonly problem: SourceProblem };

const longest = 10_000;

/** Signs that short form does not have: who writes them means JSONata. */
const jsonataSigns = /[$&[\]{}?<>:~^%|]/;

/** `language` null: short form if it can be read as that, else JSONata. Never throws. */
export function readSource(text: string, language: SourceLanguage | null, kind: Kind): SourceAnswer {
  const written = language === "JSONata" ? text : text.trim();
  if (written.trim() === "") return refused({ sentence: "There is no value: write where it comes from." });
  if (language === "JSONata") return asJsonata(written);
  const short = asShortForm(written, kind);
  // Both languages can read it, and each means something else by +.
  const isEither = !short.ok && short.problem.code === "number_to_add";
  if (short.ok || isEither || language === "short form") return short;
  const expression = asJsonata(written);
  return expression.ok || jsonataSigns.test(written) ? expression : short;
}

function asShortForm(text: string, kind: Kind): SourceAnswer {
  const answer = readShortForm(text, sourceModel(kind));
  if (!answer.ok) return refused(answer.problem);
  const { form, unknown } = answer;
  return withinLimits({ ok: true, expression: compileShortForm(form), form, unknown });
}

function asJsonata(text: string): SourceAnswer {
  const [problem] = checkExpression(text);
  return problem ? refused(problem) : withinLimits({ ok: true, expression: text, form: null, unknown: [] });
}

function withinLimits(answer: Extract<SourceAnswer, { ok: true }>): SourceAnswer {
  if (answer.expression.length <= longest) return answer;
  return refused({ sentence: `A line has at most ${longest} characters. Split it into several.` });
}

function refused({ sentence, position, length, suggestion, code }: SourceProblem): SourceAnswer {
  const place = position === undefined ? {} : { position, length: length ?? 1 };
  const more = { ...(suggestion !== undefined && { suggestion }), ...(code !== undefined && { code }) };
  return { ok: false, problem: { sentence, ...place, ...more } };
}
