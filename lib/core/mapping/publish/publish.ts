/** What a mapping must satisfy before it may run; a draft may be saved without. */
import type { FieldDescribe } from "../../side";
import { checkExpression } from "../expression/allow-list";
import type { Breathe } from "../expression/clock";
import { parsedExpression } from "../expression/parsed";
import { fieldNamed, problemOfField, readAhead } from "../compile";
import { protectedTargets } from "../defaults/defaults";
import type { MappingDocument, MappingLine } from "../document";
import type { MappingTarget } from "../evaluation";
import { fieldKey, sameField, sureFieldKey } from "../field-name";
import { goesBack, inverseOf, oneWay } from "../back/inverse";
import { fieldWords } from "./field-words";
import { sentencesOfCondition, sentencesOfConstants, sentencesOfKey } from "./publish-lines";
import { sentencesOfSales } from "./publish-sales";
import { resolveName } from "../published";
import { valueMapCalls } from "../value-maps/value-map-calls";
import { sentenceOfUnknownMap } from "../value-maps/unknown-map";

export interface PublishingProblem {
  /** Null when the mapping as a whole is meant. */
  readonly lineIndex: number | null;
  /** API name as the document writes it. */
  readonly target: string | null;
  readonly sentence: string;
  /** Set where only edits in Salesforce are meant: from S-360 the line fills its field all the same. */
  readonly ofWayBack?: true;
}

/** What the problems of a document are judged by. */
interface Judged {
  readonly document: MappingDocument;
  readonly target: MappingTarget | null;
  readonly valueMapNames: readonly string[] | null;
  /** By line: whether one above fills the same field. */
  readonly repeated: readonly boolean[];
}

/**
 * All that stands in the way of publishing, in the order of the lines. Without a target (the org cannot be asked) the
 * fields are not checked; without value map names, the names are not. Of a large document this takes long: where others
 * wait, see checkInTurns.
 */
export function checkPublishable(
  document: MappingDocument,
  target: MappingTarget | null,
  valueMapNames: readonly string[] | null = null,
): readonly PublishingProblem[] {
  const judged = { document, target, valueMapNames, repeated: repeatedOf(document, target) };
  return withWhole(
    judged,
    document.lines.map((line, lineIndex) => problemsOfLine(judged, line, lineIndex)),
  );
}

/** The same, with turns for others between lines. What was read once is remembered, so that asking again is quick. */
export async function checkInTurns(
  document: MappingDocument,
  target: MappingTarget | null,
  valueMapNames: readonly string[] | null,
  breathe: Breathe,
): Promise<readonly PublishingProblem[]> {
  await readAhead(document, breathe);
  const judged = { document, target, valueMapNames, repeated: repeatedOf(document, target) };
  const ofLines: (readonly PublishingProblem[])[] = [];
  for (const [lineIndex, line] of document.lines.entries()) {
    await breathe();
    ofLines.push(problemsOfLine(judged, line, lineIndex));
  }
  await breathe();
  return withWhole(judged, ofLines);
}

/** Fields that every new record needs and that none of `lines` fills, in the place of the document's own. */
export function fieldsLacking(
  document: MappingDocument,
  target: MappingTarget | null,
  lines: readonly MappingLine[],
): readonly string[] {
  return problemsOfLack({ ...document, lines: [...lines] }, target).flatMap(({ target: name }) => name ?? []);
}

function withWhole(
  { document, target, valueMapNames }: Judged,
  ofLines: readonly (readonly PublishingProblem[])[],
): readonly PublishingProblem[] {
  return [
    ...problemsOfFilter(document, valueMapNames),
    ...sentencesOfSales(document, target).map((sentence) => ({ lineIndex: null, target: null, sentence })),
    ...ofLines.flat(),
    ...problemsOfLack(document, target),
  ];
}

function problemsOfLack(
  document: MappingDocument,
  target: MappingTarget | null,
): readonly PublishingProblem[] {
  return [...missingProtected(document, target), ...(target ? missingRequired(document, target) : [])];
}

function problemsOfLine(
  { document, target, valueMapNames, repeated }: Judged,
  line: MappingLine,
  lineIndex: number,
): readonly PublishingProblem[] {
  const isKey = sameField(line.target, document.keyField, target?.prefix ?? null);
  const forth = [
    ...sentencesOfExpression(line, valueMapNames),
    ...(repeated[lineIndex]
      ? [`Another line above already fills ${fieldWords(line.target, target)}. Keep one of them.`]
      : []),
    ...(isKey ? sentencesOfKey(line, document.kind) : []),
    ...(target ? sentencesOfField(line, target) : []),
  ];
  const back = line.twoWay ? sentencesOfTwoWay(document, line, target) : [];
  const named = { lineIndex, target: line.target };
  return [
    ...forth.map((sentence) => ({ ...named, sentence })),
    ...back.map((sentence) => ({ ...named, sentence, ofWayBack: true as const })),
  ];
}

function problemsOfFilter(
  { filter, kind }: MappingDocument,
  valueMapNames: readonly string[] | null,
): readonly PublishingProblem[] {
  if (filter === undefined) return [];
  const sentences = sentencesOfExpression({ expression: filter }, valueMapNames);
  const all = sentences.length > 0 ? sentences : sentencesOfCondition(filter, kind);
  return all.map((sentence) => ({
    lineIndex: null,
    target: null,
    sentence: `Which records take part cannot be told. ${sentence}`,
  }));
}

function sentencesOfExpression(
  line: Pick<MappingLine, "expression">,
  valueMapNames: readonly string[] | null,
): readonly string[] {
  const problems = checkExpression(line.expression);
  if (problems.length > 0) {
    return problems.map(({ sentence, position }) =>
      position ? `${sentence} (Near character ${position}.)` : sentence,
    );
  }
  const parsed = parsedExpression(line.expression);
  if (!parsed.ok || valueMapNames === null) return [];
  return valueMapCalls(parsed.ast).flatMap((name) => {
    if (name === null) return ['$valueMap needs the name of a value map in quotes: $valueMap("titles", …).'];
    return valueMapNames.includes(name) ? [] : [sentenceOfUnknownMap(name, valueMapNames)];
  });
}

function repeatedOf({ lines }: MappingDocument, target: MappingTarget | null): readonly boolean[] {
  const seen = new Set<string>();
  return lines.map((line) => {
    const key = fieldKey(line.target, target?.prefix ?? null);
    const isRepeated = seen.has(key);
    seen.add(key);
    return isRepeated;
  });
}

function sentencesOfField(line: MappingLine, target: MappingTarget): readonly string[] {
  const field = fieldNamed(line.target, target);
  const problem = problemOfField(resolveName(line.target, target.prefix), field, target);
  if (problem) return [problem];
  return field ? sentencesOfConstants(line, field, fieldWords(line.target, target)) : [];
}

/** A two-way line whose expression only runs forward would promise what cannot be kept. */
function sentencesOfTwoWay(
  { kind }: MappingDocument,
  line: MappingLine,
  target: MappingTarget | null,
): readonly string[] {
  if (checkExpression(line.expression).length > 0) return [];
  const field = target && fieldNamed(line.target, target);
  const answer = goesBack(kind)
    ? inverseOf(line.expression, field ?? null)
    : oneWay("sales are never changed from Salesforce");
  return answer.ok ? [] : [answer.sentence.replace(/\.$/, "; switch two-way off.")];
}

/** The key of every mapping, and the contact number of a sale where its object has the field. */
function missingProtected(
  document: MappingDocument,
  target: MappingTarget | null,
): readonly PublishingProblem[] {
  const keyOf = (name: string) => sureFieldKey(name, target?.prefix ?? null);
  const needed = new Map([[keyOf(document.keyField), document.keyField]]);
  if (document.kind === "operation") {
    for (const name of protectedTargets) {
      if ((!target || fieldNamed(name, target)) && !needed.has(keyOf(name))) needed.set(keyOf(name), name);
    }
  }
  for (const line of document.lines) needed.delete(keyOf(line.target));
  return [...needed.values()].map((name) => ({
    lineIndex: null,
    target: name,
    sentence: `The line for ${fieldWords(name, target)} is missing: without it records cannot be found again. Add it back.`,
  }));
}

/** What Salesforce demands of a new record and neither fills itself nor gets from a line. */
function missingRequired(document: MappingDocument, target: MappingTarget): readonly PublishingProblem[] {
  const filled = new Set(document.lines.map((line) => fieldKey(line.target, target.prefix)));
  return neededBy(document, target, filled)
    .filter((field) => !filled.has(field.name.toLowerCase()))
    .map((field) => ({
      lineIndex: null,
      target: field.name,
      sentence: `${target.describe.label} needs ${fieldWords(field.name, target)} for every new record, and no line fills it. Add a line for it.`,
    }));
}

/**
 * Where Accounts may be people, the describe calls both names nillable, and each sort needs its own (salesforce.md §5). A
 * mapping that leaves the sort to the org is believed in what it fills.
 */
function neededBy(
  { recordType }: MappingDocument,
  { describe }: MappingTarget,
  filled: ReadonlySet<string>,
): readonly FieldDescribe[] {
  const { fields } = describe;
  const isOfBothSorts = describe.name === "Account" && fields.some(({ name }) => name === "IsPersonAccount");
  if (!isOfBothSorts) return fields.filter(needsValue);
  const isPerson = recordType === "person" || (recordType === undefined && filled.has("lastname"));
  const [own, foreign] = isPerson ? ["LastName", "Name"] : ["Name", "LastName"];
  return fields.filter((field) => field.name === own || (field.name !== foreign && needsValue(field)));
}

function needsValue(field: FieldDescribe): boolean {
  return field.createable && !field.nillable && !field.defaultedOnCreate && field.type !== "boolean";
}
