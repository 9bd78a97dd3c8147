/** Names in a draft that no source has: it can be published all the same, and hardly does what is meant. Pure. */
import type { MappingLine } from "@/lib/core/mapping/document";
import { unknownNamesIn } from "@/lib/core/mapping/expression/unknown-names";
import type { Content, EditedLine } from "../draft/content";
import type { EditorSource } from "../source/source";

/** Of a line that can be read; nothing until it is known what S-360 sends. */
export function doubtOfLine({ line, unread }: EditedLine, source: EditorSource): string | null {
  if (unread !== null) return null;
  return (line.twoWay ? doubtOfWayBack(line, source) : null) ?? doubtsIn(line.expression, source)[0] ?? null;
}

/** Why edits that go back through the line would hardly arrive: S-360 never sent what it names. Null without a reason. */
export function doubtOfWayBack({ expression }: MappingLine, source: EditorSource): string | null {
  const [doubt] = doubtsIn(expression, source);
  return doubt === undefined ? null : `${doubt} ${lost}`;
}

const lost =
  "What people edit in Salesforce would go back under that name, where S-360 is not known to keep anything.";

/** All of them, with what they are about. */
export function doubtsOf(
  { lines, filter }: Pick<Content, "lines" | "filter">,
  source: EditorSource,
  nameOf: (target: string) => string,
): readonly string[] {
  return [
    ...doubtsIn(filter, source).map((sentence) => `Which records take part: ${sentence}`),
    ...lines.flatMap(({ line }) =>
      doubtsIn(line.expression, source).map(
        (sentence) => `${nameOf(line.target)}: ${sentence}${line.twoWay ? ` ${lost}` : ""}`,
      ),
    ),
  ];
}

function doubtsIn(expression: string, { overview, model }: EditorSource): readonly string[] {
  return overview === null ? [] : unknownNamesIn(expression, model).map(({ sentence }) => sentence);
}
