/** Words that mappings live by: they are the venue's and the org's, and stand in records of many. */
import { childrenOf, type AstNode } from "../expression/ast";
import type { Breathe } from "../expression/clock";
import { parsedExpression } from "../expression/parsed";
import type { MappingDocument, ValueMapEntries } from "../document";
import { listedCodes } from "../value-maps/value-map";
import type { FieldDescribe } from "../../side";

interface Lived {
  /** As they are stored: what somebody only types may be anything. */
  readonly documents: readonly MappingDocument[];
  readonly valueMaps: Readonly<Record<string, ValueMapEntries>>;
  /** Of the org's object. */
  readonly fields: readonly FieldDescribe[];
}

export interface SparedWords {
  /** Texts and numbers in expressions, codes of value maps, and what restricted picklists take. */
  readonly words: ReadonlySet<string>;
  /** Members that expressions read. */
  readonly members: ReadonlySet<string>;
}

/** Others have a turn before each expression that is read. */
export async function sparedWords(
  { documents, valueMaps, fields }: Lived,
  breathe: Breathe,
): Promise<SparedWords> {
  const expressions = new Set(
    documents.flatMap(({ filter = "", lines }) => [filter, ...lines.map(({ expression }) => expression)]),
  );
  const words = new Set([
    ...Object.values(valueMaps).flatMap(listedCodes),
    ...fields.flatMap(({ restrictedPicklist, picklistValues }) => (restrictedPicklist ? picklistValues : [])),
  ]);
  const members = new Set<string>();
  for (const expression of expressions) {
    if (expression.trim() === "") continue;
    await breathe();
    const parsed = parsedExpression(expression);
    if (parsed.ok) collect(parsed.ast, words, members);
  }
  return { words, members };
}

function collect(node: AstNode, words: Set<string>, members: Set<string>): void {
  if (node.type === "string" || node.type === "number") words.add(String(node.value));
  if (node.type === "name") members.add(String(node.value));
  for (const child of childrenOf(node)) collect(child, words, members);
}
