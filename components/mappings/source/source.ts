/** What there is to map, as the editor uses it. Pure. */
import { checkExpression } from "@/lib/core/mapping/expression/allow-list";
import type { SeenValues } from "@/lib/core/mapping/fit/source-value";
import type { SeenCodes } from "@/lib/core/mapping/fit/unseen-codes";
import { compileShortForm } from "@/lib/core/mapping/short-form/compile";
import type { CompletionSource } from "@/lib/core/mapping/short-form/complete";
import { readShortForm } from "@/lib/core/mapping/short-form/parse";
import { sourceModel, type SourceMember } from "@/lib/core/mapping/source-model";
import type { Kind } from "@/lib/core/words";
import type { SourceNode, SourceOverview } from "@/lib/mappings/contract";
import { seenValues } from "../lines/seen-values";

export interface EditorSource extends CompletionSource {
  /** Null until it was read. */
  readonly overview: SourceOverview | null;
  /** Paths of single values, the most filled first. */
  readonly paths: readonly string[];
  readonly seen: SeenValues;
  /** Null until they were read. */
  readonly seenCodes: SeenCodes | null;
}

export function editorSource(overview: SourceOverview | null, kind: Kind): EditorSource {
  const tree = overview?.tree ?? [];
  const codes = codesOf(tree);
  return {
    overview,
    model: overview ? tree.map(memberOf) : sourceModel(kind),
    valueMaps: overview?.valueMaps ?? [],
    seen: seenValues(overview, kind),
    seenCodes: overview,
    codes: (list, code) => codes.get(`${list} ${code}`) ?? [],
    paths: leavesOf(tree)
      .sort((a, b) => b.filled - a.filled)
      .map(({ path }) => path),
  };
}

/** A branch that chooses an element of a list is no name of its own. */
function isChoice({ path }: SourceNode): boolean {
  return path.endsWith(")");
}

function memberOf({ name, type, list, children }: SourceNode): SourceMember {
  return { name, type, list, members: children.filter((child) => !isChoice(child)).map(memberOf) };
}

function leavesOf(nodes: readonly SourceNode[]): SourceNode[] {
  return nodes.flatMap((node) => (node.children.length > 0 ? leavesOf(node.children) : [node]));
}

/** By list and code: the values that elements were seen with. */
function codesOf(nodes: readonly SourceNode[]): Map<string, string[]> {
  const codes = new Map<string, string[]>();
  const walk = (node: SourceNode): void => {
    for (const child of node.children) {
      const [code, value] = isChoice(child) ? child.name.split(/=(.*)/s) : [];
      if (code !== undefined && value !== undefined) {
        const name = `${node.name} ${code}`;
        codes.set(name, [
          ...(codes.get(name) ?? []),
          value.startsWith('"') ? (JSON.parse(value) as string) : value,
        ]);
      }
      walk(child);
    }
  };
  nodes.forEach(walk);
  return codes;
}

/** The branches that hold one of the words, in their name, path or example; all of them without words. */
export function foundIn(nodes: readonly SourceNode[], words: string): readonly SourceNode[] {
  const wanted = words.trim().toLowerCase();
  if (wanted === "") return nodes;
  return nodes.flatMap((node): SourceNode[] => {
    const children = foundIn(node.children, wanted);
    const itself = `${node.path} ${node.example ?? ""}`.toLowerCase().includes(wanted);
    if (children.length > 0) return [{ ...node, children }];
    return itself ? [node] : [];
  });
}

/** A picked path as the expression of a new line; nothing when none was picked. */
export function compiledPath(path: string | null, { model }: EditorSource): { readonly expression?: string } {
  if (path === null) return {};
  const read = readShortForm(path, model);
  if (read.ok) return { expression: compileShortForm(read.form) };
  return isShortForm(path, model) ? {} : { expression: path };
}

/** Whether short form can write the path of a value; a name may hold a sign that it has no way for. */
export function isShortForm(path: string, model: readonly SourceMember[]): boolean {
  return readShortForm(path, model).ok || checkExpression(path).length > 0;
}
