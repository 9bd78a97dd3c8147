/** Names and codes in a draft that no source has: it can be published all the same, and hardly does what is meant. Pure. */
import { codeDoubtsIn } from "@/lib/core/mapping/fit/unseen-codes";
import type { MappingLine } from "@/lib/core/mapping/document";
import { unknownNamesIn } from "@/lib/core/mapping/expression/unknown-names";
import type { EditedLine } from "../draft/content";
import type { EditorSource } from "../source/source";

/** Of a line that can be read; nothing until it is known what S-360 sends. */
export function doubtsOfLine({ line, unread }: EditedLine, source: EditorSource): readonly string[] {
  if (unread !== null) return [];
  const doubts = doubtsIn(line.expression, source);
  return line.twoWay ? doubts.map((sentence) => `${sentence} ${lost}`) : doubts;
}

/** Whether what a line says is likely half a name still: it names something that no source has. */
export function isHalfNamed({ line }: EditedLine, { overview, model }: EditorSource): boolean {
  return overview !== null && unknownNamesIn(line.expression, model).length > 0;
}

/** Why edits that go back through the line would hardly arrive: S-360 never sent what it names. Null without a reason. */
export function doubtOfWayBack({ expression }: MappingLine, source: EditorSource): string | null {
  return doubtsIn(expression, source).length > 0 ? lost : null;
}

const lost =
  "What people edit in Salesforce would go back to what is in doubt above, where S-360 is not known to keep anything.";

/** What is likely mistyped in an expression; nothing until it is known what S-360 sends. */
export function doubtsIn(expression: string, { overview, model }: EditorSource): readonly string[] {
  if (overview === null) return [];
  const doubts = [...unknownNamesIn(expression, model), ...codeDoubtsIn(expression, overview)];
  return doubts.map(({ sentence }) => sentence);
}
