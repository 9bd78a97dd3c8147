import { compileMapping } from "@/lib/core/mapping/compile";
import type { CompiledLine, CompiledMapping } from "@/lib/core/mapping/evaluation";
import { fieldsBackOf } from "@/lib/core/mapping/back/inverse";
import { objectRanks, resolveName } from "@/lib/core/mapping/published";
import { objectsByKind, type ObjectsByKind } from "@/lib/core/references";
import { chooseRecordType } from "@/lib/core/record-type";
import type { Side } from "@/lib/core/side";
import type { Kind } from "@/lib/core/words";
import type { ReadyMapping, SyncDeps } from "./work";

export interface Prepared {
  readonly ready: readonly ReadyMapping[];
  /** Objects that mappings of a kind write to and that the org does not have, or hides from the connector. */
  readonly absent: ReadonlyMap<Kind, string>;
  /** Which objects the published mappings of each kind write, whether or not they are in the batch. */
  readonly writtenAs: ObjectsByKind;
}

/** Of a section that S-360 does not tell, a save would replace what nobody has read. */
function linesBack(compiled: CompiledMapping, { selected }: SyncDeps["settings"]): readonly CompiledLine[] {
  return fieldsBackOf(compiled).filter(({ sections }) => sections.every(selected));
}

/**
 * The published mappings of the kinds in a batch, made ready for this org: names with its prefix, types from its
 * describe. Throws FaultError when the org cannot be asked.
 */
export async function prepareMappings(
  deps: Pick<SyncDeps, "published" | "settings"> & { readonly side: Pick<Side, "describe"> },
  kinds: ReadonlySet<Kind>,
): Promise<Prepared> {
  const { published, side, settings } = deps;
  const wanted = published.mappings.filter((mapping) => kinds.has(mapping.kind));
  if (wanted.length === 0) return { ready: [], absent: new Map(), writtenAs: new Map() };
  const ranks = objectRanks(published.mappings.map((mapping) => mapping.document));
  const { facts } = await side.describe([]);
  const objectOf = (mapping: (typeof wanted)[number]) => resolveName(mapping.document.object, facts.prefix);
  const { objects } = await side.describe([...new Set(wanted.map(objectOf))]);
  const ready: ReadyMapping[] = [];
  const absent = new Map<Kind, string>();
  for (const mapping of wanted) {
    const describe = objects.get(objectOf(mapping));
    if (!describe) {
      absent.set(mapping.kind, objectOf(mapping));
      continue;
    }
    const recordTypeId = chooseRecordType(
      facts,
      describe.name,
      mapping.document.recordType,
      settings.recordTypes,
    );
    const compiled = compileMapping(mapping.document, { prefix: facts.prefix, describe, recordTypeId });
    ready.push({
      published: mapping,
      compiled,
      describe: new Map(describe.fields.map((field) => [field.name, field])),
      back: new Map(linesBack(compiled, settings).map((line) => [line.target, line])),
      rank: ranks.get(mapping.document.object) ?? 0,
    });
  }
  return { ready, absent, writtenAs: objectsByKind(published.mappings, facts.prefix) };
}
