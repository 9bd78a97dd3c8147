import { compileMapping } from "@/lib/core/mapping/compile";
import { objectRanks } from "@/lib/core/mapping/published";
import { chooseRecordType } from "@/lib/core/record-type";
import type { Kind } from "@/lib/core/words";
import type { ReadyMapping, SyncDeps } from "./work";

/**
 * The published mappings of the kinds in a batch, made ready for this org: names with its prefix, types from its
 * describe. Throws FaultError when the org cannot be asked.
 */
export async function prepareMappings(deps: SyncDeps, kinds: ReadonlySet<Kind>): Promise<ReadyMapping[]> {
  const { published, side, settings } = deps;
  const wanted = published.mappings.filter((mapping) => kinds.has(mapping.kind));
  if (wanted.length === 0) return [];
  const ranks = objectRanks(published.mappings.map((mapping) => mapping.document));
  const { facts, objects } = await side.describe([
    ...new Set(wanted.map((mapping) => mapping.document.object)),
  ]);
  return wanted.map((mapping) => {
    const describe = objects.get(mapping.document.object);
    if (!describe) throw new Error(`the side did not describe ${mapping.document.object}`);
    const recordTypeId = chooseRecordType(
      facts,
      describe.name,
      mapping.document.recordType,
      settings.recordTypes,
    );
    const compiled = compileMapping(mapping.document, { prefix: facts.prefix, describe, recordTypeId });
    return {
      published: mapping,
      compiled,
      describe: new Map(describe.fields.map((field) => [field.name, field])),
      rank: ranks.get(mapping.document.object) ?? 0,
    };
  });
}
