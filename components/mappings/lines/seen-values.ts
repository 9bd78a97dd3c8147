/** What values the records of S-360 were seen with. Pure. */
import { documentedAt, type SeenValue, type SeenValues } from "@/lib/core/mapping/fit/source-value";
import { sourceModel } from "@/lib/core/mapping/source-model";
import type { Kind } from "@/lib/core/words";
import type { SourceNode, SourceOverview } from "@/lib/mappings/contract";

/** Until records were read, what S-360's documentation says. */
export function seenValues(overview: SourceOverview | null, kind: Kind): SeenValues {
  if (!overview) return { at: documentedAt(sourceModel(kind)), valueMap: () => null };
  const nodes = new Map<string, SeenValue>();
  const walk = ({ path, children, type, example, list, lengths }: SourceNode): void => {
    if (children.length === 0 && type !== null) nodes.set(path, { type, example, list, lengths });
    children.forEach(walk);
  };
  overview.tree.forEach(walk);
  return {
    at: (path) => nodes.get(path) ?? null,
    valueMap: (name) => (Object.hasOwn(overview.mapped, name) ? (overview.mapped[name] ?? null) : null),
  };
}
