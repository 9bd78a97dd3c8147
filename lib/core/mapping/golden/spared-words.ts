/** Words that mappings live by: they are the venue's and the org's, and stand in records of many. */
import { childrenOf, parseExpression, type AstNode } from "../expression/ast";
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

/** Texts and numbers in expressions, codes of value maps, and what restricted picklists take. */
export function sparedWords({ documents, valueMaps, fields }: Lived): ReadonlySet<string> {
  const expressions = new Set(
    documents.flatMap(({ filter = "", lines }) => [filter, ...lines.map(({ expression }) => expression)]),
  );
  return new Set([
    ...[...expressions].flatMap(wordsIn),
    ...Object.values(valueMaps).flatMap(listedCodes),
    ...fields.flatMap(({ restrictedPicklist, picklistValues }) => (restrictedPicklist ? picklistValues : [])),
  ]);
}

function wordsIn(expression: string): readonly string[] {
  const parsed = expression.trim() === "" ? null : parseExpression(expression);
  return parsed?.ok ? literalsIn(parsed.ast) : [];
}

function literalsIn(node: AstNode): readonly string[] {
  const own = node.type === "string" || node.type === "number" ? [String(node.value)] : [];
  return [...own, ...childrenOf(node).flatMap(literalsIn)];
}
