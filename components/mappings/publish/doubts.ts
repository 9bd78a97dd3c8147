/** What the editor knows to be worth a look in a draft that can be published all the same. Pure. */
import { sameLine } from "@/lib/core/mapping/difference";
import type { MappingDocument } from "@/lib/core/mapping/document";
import { fieldKeysAmong } from "@/lib/core/mapping/field-name";
import type { FilterCount, MappingPreview, PreviewLine } from "@/lib/mappings/contract";
import type { Content, EditedLine } from "../draft/content";
import { meantBy } from "../editor/filter-meant";
import { isDoubtful, wordsOfPart } from "../editor/filter-words";
import { doubtsIn, doubtsOfLine } from "../expressions/name-doubts";
import { amountsComparedIn, remarksOfLine } from "../lines/fit";
import type { EditorSource } from "../source/source";
import type { TargetFields } from "../target-fields";

interface Known {
  readonly fields: TargetFields;
  readonly source: EditorSource;
  readonly labelOf: (target: string) => string;
  /** What runs now; null when nothing does. */
  readonly published: MappingDocument | null;
  /** Of the latest records. */
  readonly part: FilterCount | null;
  /** On the chosen record. */
  readonly preview: {
    readonly lineOf: (uid: number) => PreviewLine | null;
    readonly whole: Pick<MappingPreview, "takesPart"> | null;
  };
}

/** What the rows and the filter say, each with what it is about: the lines that the draft changes come first. */
export function publishingDoubts(
  { filter, lines }: Pick<Content, "filter" | "lines">,
  known: Known,
): readonly string[] {
  const isChanged = changedAgainst(known.published, lines);
  const ordered = [...lines.filter(isChanged), ...lines.filter((edited) => !isChanged(edited))];
  const ofLines = ordered.flatMap((edited) => {
    const name = known.labelOf(edited.line.target);
    return doubtsAboutLine(edited, known).map((sentence) => `${name}: ${sentence}`);
  });
  const ofFilter = doubtsAboutFilter(filter, known);
  return [...ofFilter.map((sentence) => `Which records take part: ${sentence}`), ...ofLines];
}

function doubtsAboutFilter(filter: string, { source, preview, part }: Known): readonly string[] {
  if (filter === "") return [];
  const tried = preview.whole?.takesPart;
  const problem = typeof tried === "string" ? tried : (part?.problem ?? null);
  const words = part && isDoubtful(part) ? wordsOfPart(part) : null;
  return [
    ...(meantBy(filter, source)?.sentences ?? doubtsIn(filter, source)),
    ...amountsComparedIn(filter, source),
    ...(problem === null ? [] : [problem]),
    ...(words === null ? [] : [`${words}.`]),
  ];
}

/** What stands in the way of publishing is told elsewhere. */
function doubtsAboutLine(edited: EditedLine, { fields, source, preview }: Known): readonly string[] {
  const field = fields.get(edited.line.target) ?? null;
  const tried = preview.lineOf(edited.uid);
  const failed = tried?.problems.length === 0 && tried.result.outcome === "problem" ? tried.result : null;
  return [
    ...doubtsOfLine(edited, source),
    ...remarksOfLine(edited, field, source).sentences,
    ...(failed ? [`Fails on the chosen record. ${failed.sentence}`] : []),
  ];
}

function changedAgainst(
  published: MappingDocument | null,
  lines: readonly EditedLine[],
): (edited: EditedLine) => boolean {
  const before = published?.lines ?? [];
  const keyOf = fieldKeysAmong(
    before.map(({ target }) => target),
    lines.map(({ line }) => line.target),
  );
  const runs = new Map(before.map((line) => [keyOf(line.target), line]));
  return ({ line }) => {
    const running = runs.get(keyOf(line.target));
    return running === undefined || !sameLine(running, line);
  };
}
