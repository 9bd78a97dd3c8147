/** What each line of a list would do to a mapping, before anything is done. */
import { sameLine } from "../difference";
import type { MappingDocument, MappingLine } from "../document";
import { goesBack, inverseOf } from "../back/inverse";
import { documentedSource, remarksOn, type KnownSource } from "../fit/remarks";
import { compileShortForm } from "../short-form/compile";
import { withAmounts } from "./amounts";
import { findField, type FoundField, type ListField } from "./find-field";
import { linesByField, type LinesByField } from "./lines-by-field";
import type { ListEntry } from "./list-entry";
import type { Suggestion } from "./suggestion";
import { readSource, type SourceProblem } from "./source-text";

export interface ListTarget {
  /** The mapping as it stands. */
  readonly document: MappingDocument;
  /** Null while the org was never asked. */
  readonly fields: readonly ListField[] | null;
  /** What is known of S-360's values; what its documentation says without. */
  readonly source?: KnownSource;
}

interface Known extends ListTarget {
  readonly byField: LinesByField;
}

export interface PlannedLine {
  readonly entry: ListEntry;
  /** Null when the name could not be understood. */
  readonly field: ListField | null;
  readonly outcome: "added" | "replaced" | "same" | "left out";
  /** What the mapping says of the field now; null when nothing, and for a second line of the list for one field. */
  readonly before: MappingLine | null;
  /** What it would say; null when the line is left out. */
  readonly after: MappingLine | null;
  /** Why it is left out. */
  readonly problem: SourceProblem | null;
  /** What is worth knowing before it is done. */
  readonly notes: readonly string[];
  /** What was likely meant by names that nobody knows. */
  readonly suggestions: readonly Suggestion[];
}

/** Names that nobody knows for which is looked what was likely meant: in a text that is no list all are such. */
const mostSuggestions = 50;

/** In the order of the list. Never throws. */
export function planLines(entries: readonly ListEntry[], given: ListTarget): PlannedLine[] {
  const fields = given.fields ?? fieldsOfLines(given.document);
  const target: Known = { ...given, byField: linesByField(given.document.lines, given.fields) };
  const { keyOf } = target.byField;
  const filledAt = new Map<string, number>();
  let unknown = 0;
  return entries.map((entry, index) => {
    const place = { from: entry.at, to: entries[index + 1]?.at ?? null };
    const found = fieldNamed(entry.name, fields, target, unknown < mostSuggestions);
    if (!found.ok) unknown++;
    if (entry.problem) return leftOut(entry, found.ok ? found.field : null, entry.problem, target);
    if (!found.ok) {
      const problem = withTurnedRound(entry, found, fields);
      return { ...leftOut(entry, null, problem, target), suggestions: ofField(entry, problem, place) };
    }
    const { field } = found;
    const earlier = filledAt.get(keyOf(field.target));
    if (earlier !== undefined) {
      const sentence = `Line ${earlier} fills ${field.name} already. Keep one of them.`;
      return { ...leftOut(entry, field, { sentence }, target), before: null };
    }
    filledAt.set(keyOf(field.target), entry.at);
    return field.notWritable === null
      ? planLine(entry, field, target, place)
      : leftOut(entry, field, { sentence: field.notWritable }, target);
  });
}

function ofField(
  { name }: ListEntry,
  { suggestion }: SourceProblem,
  lines: Suggestion["lines"],
): Suggestion[] {
  return suggestion === undefined ? [] : [{ wrong: name, right: suggestion, lines, at: null }];
}

/** Of what is wrong or not known in the source. */
function ofSource(
  { source, sourceAt }: ListEntry,
  problems: readonly SourceProblem[],
  lines: Suggestion["lines"],
): Suggestion[] {
  return problems.flatMap(({ position, length = 1, suggestion }) => {
    if (source === null || position === undefined || suggestion === undefined) return [];
    const wrong = source.trim().slice(position - 1, position - 1 + length);
    const at = sourceAt === null ? null : sourceAt + position - 2;
    return [{ wrong, right: suggestion, lines, at }];
  });
}

function planLine(
  entry: ListEntry,
  field: ListField,
  target: Known,
  place: Suggestion["lines"],
): PlannedLine {
  const { document, byField } = target;
  const before = byField.lineOf(field.target);
  const given = entry.source ?? before?.expression;
  if (given === undefined) {
    const sentence = "A new line needs a value: write where it comes from.";
    return leftOut(entry, field, { sentence }, target);
  }
  const language = entry.source === null ? "JSONata" : entry.language;
  const source = readSource(given, language, document.kind);
  if (!source.ok) {
    const suggestions = ofSource(entry, [source.problem], place);
    return { ...leftOut(entry, field, source.problem, target), suggestions };
  }
  const amounts =
    source.form && withAmounts(source.form, document.kind, field.type === "" ? null : field.type);
  const isWrapped = entry.isBareAmountMeant && amounts?.helper;
  const expression = isWrapped ? compileShortForm(amounts.form) : source.expression;
  const after = lineAfter(before, field, { expression, ...entry.policies });
  const known = target.source ?? documentedSource(document.kind);
  return {
    entry,
    field,
    outcome: before === null ? "added" : sameLine(before, after) ? "same" : "replaced",
    before,
    after,
    problem: null,
    suggestions: ofSource(entry, source.unknown, place),
    notes: [
      ...source.unknown.map(({ sentence }) => sentence),
      ...(isWrapped ? [wordsOfAmount(isWrapped)] : []),
      ...remarksOn(after, field.room ?? null, known).sentences,
      ...wordsOfWayBack(after, document),
      ...(target.fields === null && before === null
        ? ["Whether Salesforce has this field is told once it was asked for its fields."]
        : []),
    ],
  };
}

/** Policies stay as they were. A look-up is set by the external id of the record it leads to. */
function lineAfter(
  before: MappingLine | null,
  { target, referenceTo: [object] }: ListField,
  changes: Partial<MappingLine>,
): MappingLine {
  const usual: MappingLine = {
    target,
    expression: "",
    ...(object !== undefined && { reference: { object } }),
    onMissing: "leave",
    onInvalid: "hold",
    tooLong: "hold",
    when: "always",
    twoWay: false,
  };
  const merged = Object.entries({ ...(before ?? usual), ...changes });
  return Object.fromEntries(merged.filter(([, value]) => value !== undefined)) as MappingLine;
}

function wordsOfAmount(helper: string): string {
  return `S-360 sends amounts in thousandths: ${helper}(…) was put around it.`;
}

function wordsOfWayBack({ twoWay, expression }: MappingLine, { kind }: MappingDocument): string[] {
  if (!twoWay || !goesBack(kind)) return [];
  const answer = inverseOf(expression, null);
  return answer.ok ? [] : [`${answer.sentence} It is switched to go both ways: switch that off afterwards.`];
}

/** S-360's page tells its lists the other way round than it prints them. */
function withTurnedRound(
  { name, source }: ListEntry,
  { sentence, suggestion }: Extract<FoundField, { ok: false }>,
  fields: readonly ListField[],
): SourceProblem {
  const isTurned = source !== null && /^\w+$/.test(source) && findField(source, fields, false).ok;
  if (isTurned)
    return { sentence: `The field stands before the =, and its value after it: ${source} = ${name}.` };
  return { sentence, ...(suggestion !== undefined && { suggestion }) };
}

function leftOut(
  entry: ListEntry,
  field: ListField | null,
  problem: SourceProblem,
  { byField }: Known,
): PlannedLine {
  const before = field && byField.lineOf(field.target);
  return { entry, field, outcome: "left out", before, after: null, problem, notes: [], suggestions: [] };
}

/** Stands for what the org was never asked for: the fields that have a line. */
function fieldsOfLines({ lines }: MappingDocument): ListField[] {
  return lines.map(({ target }) => unaskedField(target));
}

function unaskedField(target: string): ListField {
  const name = target.replace("[p]", "");
  return { target, name, label: name, type: "", referenceTo: [], required: false, notWritable: null };
}

const apiName = /^(\[p\])?[A-Za-z][A-Za-z0-9_]*$/;

/** While the org was never asked, any API name may be a field of it. */
function fieldNamed(
  name: string,
  fields: readonly ListField[],
  target: ListTarget,
  suggest: boolean,
): FoundField {
  const found = findField(name, fields, suggest);
  if (found.ok || target.fields !== null) return found;
  if (!apiName.test(name))
    return {
      ok: false,
      sentence: "Write the API name of the field: Salesforce was not asked for its fields yet.",
    };
  return { ok: true, field: unaskedField(name.replace(/^secutix__/i, "[p]")) };
}
