/** What a mapping must satisfy before it may run; a draft may be saved without. */
import type { FieldDescribe } from "../../side";
import { checkExpression } from "../expression/allow-list";
import { parseExpression } from "../expression/ast";
import { fieldNamed, problemOfField } from "../compile";
import { protectedTargets } from "../defaults/defaults";
import type { MappingDocument, MappingLine } from "../document";
import type { MappingTarget } from "../evaluation";
import { goesBack, inverseOf, oneWay } from "../back/inverse";
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
}

/**
 * All that stands in the way of publishing, in the order of the lines. Without a target (the org cannot be asked) the
 * fields are not checked; without value map names, the names are not.
 */
export function checkPublishable(
  document: MappingDocument,
  target: MappingTarget | null,
  valueMapNames: readonly string[] | null = null,
): readonly PublishingProblem[] {
  const lineProblems = document.lines.flatMap((line, lineIndex) => {
    const sentences = [
      ...sentencesOfExpression(line, valueMapNames),
      ...(isRepeated(document, lineIndex)
        ? [`Another line above already fills ${line.target}. Keep one of them.`]
        : []),
      ...(line.target === document.keyField ? sentencesOfKey(line, document.kind) : []),
      ...(target ? sentencesOfField(line, target) : []),
      ...(line.twoWay ? sentencesOfTwoWay(document, line, target) : []),
    ];
    return sentences.map((sentence) => ({ lineIndex, target: line.target, sentence }));
  });
  return [
    ...problemsOfFilter(document, valueMapNames),
    ...sentencesOfSales(document, target).map((sentence) => ({ lineIndex: null, target: null, sentence })),
    ...lineProblems,
    ...missingProtected(document, target),
    ...(target ? missingRequired(document, target) : []),
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
  const parsed = parseExpression(line.expression);
  if (!parsed.ok || valueMapNames === null) return [];
  return valueMapCalls(parsed.ast).flatMap((name) => {
    if (name === null) return ['$valueMap needs the name of a value map in quotes: $valueMap("titles", …).'];
    return valueMapNames.includes(name) ? [] : [sentenceOfUnknownMap(name, valueMapNames)];
  });
}

function isRepeated(document: MappingDocument, index: number): boolean {
  const target = document.lines[index]?.target.toLowerCase();
  return document.lines.slice(0, index).some((line) => line.target.toLowerCase() === target);
}

function sentencesOfField(line: MappingLine, target: MappingTarget): readonly string[] {
  const field = fieldNamed(line.target, target);
  const problem = problemOfField(resolveName(line.target, target.prefix), field, target);
  if (problem) return [problem];
  return field ? sentencesOfConstants(line, field) : [];
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
  const needed = new Set([document.keyField]);
  if (document.kind === "operation") {
    for (const name of protectedTargets) {
      if (!target || fieldNamed(name, target)) needed.add(name);
    }
  }
  const present = new Set(document.lines.map((line) => line.target));
  return [...needed]
    .filter((name) => !present.has(name))
    .map((name) => ({
      lineIndex: null,
      target: name,
      sentence: `The line for ${name} is missing: without it records cannot be found again. Add it back.`,
    }));
}

/** What Salesforce demands of a new record and neither fills itself nor gets from a line. */
function missingRequired(document: MappingDocument, target: MappingTarget): readonly PublishingProblem[] {
  const filled = new Set(document.lines.map((line) => resolveName(line.target, target.prefix).toLowerCase()));
  const isPerson = document.recordType === "person";
  return target.describe.fields
    .filter((field) => (isPerson ? field.name === "LastName" || needsValue(field) : needsValue(field)))
    .filter((field) => !(isPerson && field.name === "Name") && !filled.has(field.name.toLowerCase()))
    .map((field) => ({
      lineIndex: null,
      target: field.name,
      sentence: `${target.describe.label} needs ${field.label} (${field.name}) for every new record, and no line fills it. Add a line for it.`,
    }));
}

function needsValue(field: FieldDescribe): boolean {
  return field.createable && !field.nillable && !field.defaultedOnCreate && field.type !== "boolean";
}
