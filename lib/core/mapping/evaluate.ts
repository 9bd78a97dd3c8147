/** Runs a compiled mapping on one source. */
import type { Fault } from "../faults";
import type { CanonicalValue } from "../side";
import type {
  CompiledLine,
  CompiledMapping,
  CompiledSales,
  EvaluatedField,
  Evaluation,
  EvaluationContext,
  LineProblem,
  When,
} from "./evaluation";
import { outOfTime } from "./expression/clock";
import { parsedExpression } from "./expression/parsed";
import { isPresent } from "./functions/functions";
import { markedSale, writtenSale } from "./sales/sale-values";
import { saleStanding, type SaleStanding } from "./sales/sales";
import { shortened } from "../shortened";
import { firstPath, wholeSource } from "./sections";
import { shape } from "./shape";
import { MappingSignal, quoted } from "./signal";
import { valueSentence } from "./expression/value-faults";

/**
 * All lines are evaluated, one after the other; a problem of one never hides another's. The compiled
 * mapping's own problems are not repeated. `source` is the S-360 wire record,
 * or `{ operation, order }`. Never throws because of the source or the mapping.
 */
export async function evaluateMapping(
  compiled: CompiledMapping,
  source: unknown,
  context: EvaluationContext,
): Promise<Evaluation> {
  const standing = saleStanding(compiled.sales?.rules, source);
  const isKey = (target: string) => target.toLowerCase() === compiled.keyField.toLowerCase();
  const marksOnly = standing.action === "mark";
  const fields: EvaluatedField[] = [];
  const problems: LineProblem[] = [];
  for (const line of compiled.lines.filter(({ target }) => !marksOnly || isKey(target))) {
    if (context.breathe) await context.breathe();
    try {
      const result = await evaluateLine(line, source, context);
      if (result) fields.push(fieldOf(line, result));
    } catch (error) {
      problems.push({ lineIndex: line.index, fault: faultOf(error, line) });
    }
  }
  if (compiled.recordTypeId !== null && !marksOnly) {
    const value = compiled.recordTypeId;
    fields.push({ lineIndex: -1, target: "RecordTypeId", label: "Record type", value, when: "create" });
  }
  const key = fields.find(({ target }) => isKey(target))?.value ?? null;
  const evaluation = { key: key === null ? null : String(key), fields, marksOnly, problems };
  return compiled.sales ? bySalesRules(evaluation, compiled.sales, standing) : evaluation;
}

function bySalesRules(evaluation: Evaluation, sales: CompiledSales, standing: SaleStanding): Evaluation {
  const { fields, problems } = evaluation;
  try {
    if (standing.action === "write") return { ...evaluation, fields: writtenSale(fields, sales, standing) };
    if (standing.action === "mark")
      return { ...evaluation, fields: [...fields, ...markedSale(sales, standing)] };
    return evaluation;
  } catch (error) {
    if (!(error instanceof MappingSignal)) throw error;
    const field = sales.markField;
    const sentence = `The mark does not fit ${field?.label ?? "its field"}: ${error.sentence} Correct the sales rules.`;
    const fault = { code: "expression_failed" as const, ...(field && { field: field.name }), sentence };
    return { ...evaluation, problems: [...problems, { lineIndex: -1, fault }] };
  }
}

/**
 * Whether a source takes part in a mapping: by its filter and its sales rules. What the filter gives has to be true or
 * false, or the text that S-360 has for it; nothing counts as false.
 * @throws what jsonata or a function of ours throws, and a MappingSignal for a filter that gives something else: a record
 * must not be left out because somebody forgot to compare
 */
export async function takesPart(
  { filter, sales, document }: CompiledMapping,
  source: unknown,
  context: EvaluationContext,
): Promise<boolean> {
  if (saleStanding(sales?.rules, source).action === "ignore") return false;
  if (!filter) return true;
  const found = await filter.run(source, context);
  if (found === true || found === "true") return true;
  if (found === false || found === "false" || !isPresent(found)) return false;
  throw MappingSignal.hold("expression_failed", noCondition(found, document.filter ?? ""));
}

function noCondition(found: unknown, filter: string): string {
  const what = Array.isArray(found)
    ? "a list"
    : typeof found === "object"
      ? "a group of values"
      : quoted(found);
  return `A condition gives yes or no, and this gives ${what}: true or false is needed. ${howToAsk(found, filter)}`;
}

function howToAsk(found: unknown, filter: string): string {
  const parsed = parsedExpression(filter);
  const path = parsed.ok && parsed.ast.type === "path" ? firstPath(parsed.ast) : undefined;
  if (path === undefined) return "Compare it with a value.";
  const written = filter.trim();
  const inside = nameInside(found);
  if (inside !== undefined)
    return `Ask whether there is one: $exists(${shortened(written)}). Or compare a value inside it, such as ${inside}.`;
  if (Array.isArray(found)) return `Ask what is among its values, such as "…" in ${shortened(written)}.`;
  return `Compare it, such as ${path} = "…".`;
}

/** The name of a text inside of a group, or of the groups of a list. */
function nameInside(found: unknown): string | undefined {
  const group: unknown = Array.isArray(found) ? found[0] : found;
  if (typeof group !== "object" || group === null) return undefined;
  const names = Object.keys(group);
  return names.find((name) => typeof group[name as keyof typeof group] === "string") ?? names[0];
}

interface LineResult {
  readonly value: CanonicalValue;
  readonly when: When;
}

/** Undefined leaves the field untouched. Throws a Refusal, a MappingSignal or jsonata's error object. */
async function evaluateLine(
  line: CompiledLine,
  source: unknown,
  context: EvaluationContext,
): Promise<LineResult | undefined> {
  const heard = hearing(line.sections, source, context);
  let found: unknown;
  try {
    found = heard === "nothing" ? undefined : await line.run(source, context);
    const value = shape(found, line.field, context.timeZone);
    if (value !== null) return { value: fit(value, line), when: line.when };
  } catch (error) {
    return onProblem(error, line, context);
  }
  // A constant null clears; of a section S-360 told in full, finding nothing does.
  const clears = heard === "all" || (heard === "constant" && found !== undefined);
  return onMissing(line, heard, clears, context);
}

/**
 * How much of what the line reads S-360 has told: `nothing` and `part` for sections that are absent, `unselected` when
 * all are there but not all are sent in full, `constant` when the line reads no section.
 */
type Hearing = "nothing" | "part" | "unselected" | "all" | "constant";

function hearing(sections: readonly string[], source: unknown, { selected }: EvaluationContext): Hearing {
  if (sections.length === 0 || sections.includes(wholeSource)) return "constant";
  const isRecord = typeof source === "object" && source !== null;
  const present = sections.filter((section) => isRecord && Object.hasOwn(source, section));
  if (present.length === 0) return "nothing";
  if (present.length < sections.length) return "part";
  return sections.every(selected) ? "all" : "unselected";
}

/** Silence never changes an existing record: without the section, a default is for new records only. */
function onMissing(
  line: CompiledLine,
  heard: Hearing,
  clears: boolean,
  context: EvaluationContext,
): LineResult | undefined {
  const policy = line.line.onMissing;
  const silent = heard === "nothing" || heard === "part";
  if (typeof policy === "object") {
    const value = defaultOf(policy, line, context);
    if (value !== null) return { value, when: policy.when === "create" || silent ? "create" : line.when };
  }
  if (line.line.required !== undefined)
    throw new Refusal({ code: "missing_value", sentence: line.line.required });
  // A checkbox is never cleared by absence.
  if (line.field.type === "boolean" || silent) return undefined;
  const cleared = clears || policy === "clear" || (typeof policy === "object" && policy.default === null);
  return cleared ? { value: null, when: line.when } : undefined;
}

/** What the line says of a value that cannot be used. Only the value's own faults: a broken expression always holds. */
function onProblem(error: unknown, line: CompiledLine, context: EvaluationContext): LineResult | undefined {
  if (error instanceof MappingSignal && error.kind === "leave") return undefined;
  const policy = line.line.onInvalid;
  if (policy === "hold" || faultOf(error, line).code !== "invalid_value") throw error;
  if (policy === "leave") return undefined;
  const value = defaultOf(policy, line, context);
  return value === null && line.field.type === "boolean" ? undefined : { value, when: line.when };
}

/** What the admin wrote to be used instead. That it does not fit is no fault of S-360's. */
function defaultOf(
  { default: given }: { readonly default: unknown },
  line: CompiledLine,
  { timeZone }: EvaluationContext,
): CanonicalValue {
  try {
    const value = shape(given, line.field, timeZone);
    return value === null ? null : fit(value, line);
  } catch (error) {
    if (!(error instanceof MappingSignal)) throw error;
    const sentence = `The value to use instead does not fit ${line.field.label}: ${error.sentence} Correct the line.`;
    throw new Refusal({ code: "expression_failed", sentence });
  }
}

/** Cuts or refuses what is longer than the field. The key of another record is not stored in the field itself. */
function fit(value: CanonicalValue, line: CompiledLine): CanonicalValue {
  const { field } = line;
  if (typeof value !== "string" || line.reference || field.length === 0 || value.length <= field.length)
    return value;
  if (line.line.tooLong === "cut") return cut(value, field.length);
  throw new Refusal({
    code: "too_long",
    sentence:
      `${field.label} (${field.name}) is longer than ${field.length} characters: the value has ${value.length}. ` +
      "Shorten it in S-360, or set the line to cut what is too long.",
  });
}

/** Never between the halves of a character outside the basic plane. */
export function cut(text: string, length: number): string {
  const end = /[\uD800-\uDBFF]/.test(text.charAt(length - 1)) ? length - 1 : length;
  return text.slice(0, end).trim();
}

function fieldOf(line: CompiledLine, { value, when }: LineResult): EvaluatedField {
  const { index, target, field, reference } = line;
  return { lineIndex: index, target, label: field.label, value, when, ...(reference && { reference }) };
}

/** A fault whose sentence is complete. */
class Refusal extends Error {
  constructor(readonly fault: Fault) {
    super(fault.code);
    this.name = "Refusal";
  }
}

function faultOf(error: unknown, line: CompiledLine): Fault {
  const field = line.target;
  if (error instanceof Refusal) return { ...error.fault, field };
  if (error instanceof MappingSignal) return { code: error.code, field, sentence: sentenceOf(error, line) };
  const thrown = error as { code?: string; message?: string; position?: number };
  const { code, position } = thrown;
  const aboutValue = valueSentence(error);
  if (aboutValue !== undefined) {
    const sentence = sentenceOf({ code: "invalid_value", sentence: aboutValue, position }, line);
    return { code: "invalid_value", field, sentence };
  }
  const message = (thrown.message ?? "unknown error").slice(0, 300);
  // $error and $assert: the admin's own words.
  if (code === "D3137" || code === "D3141") return { code: "invalid_value", field, sentence: message };
  const where = position === undefined ? "" : ` near character ${position}`;
  const origin = code && { origin: { code, message } };
  if (code === outOfTime) {
    const sentence = `The expression for ${line.field.label} took too long. ${simplerOrAgain}`;
    return { code: "expression_slow", field, sentence, ...origin };
  }
  const sentence = `The expression for ${line.field.label} failed${where}: ${message.replace(/\.$/, "")}. Correct the line.`;
  return { code: "expression_failed", field, sentence, ...origin };
}

/** The clock also runs while the machine does something else: the next try may be in time. */
const simplerOrAgain = "It is tried again by itself; where it never is in time, write it simpler.";

type Said = Pick<MappingSignal, "code" | "sentence" | "position"> & Partial<Pick<MappingSignal, "correctIn">>;

function sentenceOf(signal: Said, line: CompiledLine): string {
  const path = line.sourcePathsByCall.get(signal.position ?? -1) ?? line.sourcePath;
  const said = signal.sentence.charAt(0).toUpperCase() + signal.sentence.slice(1);
  const comesFrom = path
    ? `It comes from ${path} and goes to ${line.field.label}.`
    : `It goes to ${line.field.label}.`;
  if (signal.code !== "invalid_value") return `${said} ${comesFrom}`;
  // What reads nothing of S-360, or a value that the field was not made for, no correction there puts right.
  const isLine = signal.correctIn === "line" || !path || line.isMisfit();
  return `${said} ${comesFrom} ${isLine ? "Correct the line." : "Correct it in S-360."}`;
}
