/**
 * What mappings and value maps say when a batch is settled, held against what they said when it was evaluated. Whoever
 * saves or publishes makes held records due again (lib/mappings/release.ts); a batch that was evaluated before that and
 * is settled after it would be missed. So settling shares a lock that saving and publishing take alone: either they see
 * what was settled, or settling sees what they saved.
 */
import { sql } from "drizzle-orm";
import type { EvaluatedBy } from "@/lib/core/mapping/published";
import type { Direction, Kind } from "@/lib/core/words";
import type { Queryable } from "@/lib/platform/db";
import { lockOfKnowledge } from "@/lib/platform/knowledge-lock";
import type { Verdict } from "./verdict";

/** The stamps of what counts now. */
export interface Knowledge {
  /** By kind: the published versions of its mappings, in one order. */
  readonly versions: ReadonlyMap<Kind, string>;
  /** The revisions of all value maps. */
  readonly valueMaps: string;
}

/**
 * Keeps mappings and value maps as they are until the transaction ends, and tells what they are. To be called first: the
 * order of locks is knowledge, records by their keys, states.
 */
export async function holdKnowledge(tx: Queryable, connectionId: number): Promise<Knowledge> {
  // The lock comes in a statement of its own: a statement sees only what was committed before it began.
  await tx.execute(sql`select pg_advisory_xact_lock_shared(${lockOfKnowledge}::int, ${connectionId}::int)`);
  const rows = await tx.execute<{
    mappings: { kind: Kind; id: number; versionId: number }[] | null;
    maps: Record<string, number> | null;
  }>(sql`
    select
      (select jsonb_agg(jsonb_build_object('kind', kind, 'id', id, 'versionId', published_version_id)) from mapping
        where connection_id = ${connectionId} and direction = 'in' and published_version_id is not null) as mappings,
      (select jsonb_object_agg(name, revision) from value_map where connection_id = ${connectionId}) as maps`);
  const { mappings, maps } = rows.rows[0] ?? { mappings: null, maps: null };
  return stampsOf(
    (mappings ?? []).map(({ id: mappingId, ...rest }) => ({ mappingId, ...rest })),
    maps ?? {},
  );
}

type Version = EvaluatedBy["mappings"][number];

function stampsOf(mappings: readonly Version[], maps: Readonly<Record<string, number>>): Knowledge {
  const versions = new Map<Kind, string>();
  for (const { kind, mappingId, versionId } of [...mappings].sort((a, b) => a.mappingId - b.mappingId))
    versions.set(kind, `${versions.get(kind) ?? ""} ${mappingId}:${versionId}`);
  const revisions = Object.entries(maps).map(([name, revision]) => `${name}:${revision}`);
  return { versions, valueMaps: revisions.sort().join(" ") };
}

/**
 * Records whose result another version or value map may have changed before it was settled: they are due again. What is
 * for a person stays there: decisions are carried out with what counts then. On the way to S-360 only what failed is
 * tried again, for each try costs a call. A kind that is no longer mapped has nothing to be evaluated with.
 */
export function evaluatedTooEarly(
  verdicts: readonly Verdict[],
  direction: Direction,
  evaluated: EvaluatedBy,
  now: Knowledge,
): ReadonlySet<number> {
  const then = stampsOf(evaluated.mappings, evaluated.valueMapRevisions);
  const isOutdated = ({ record: { kind }, state }: Verdict) => {
    if (kind === null || state === "review" || !now.versions.has(kind)) return false;
    if (direction === "out" && state !== "failed" && state !== "retrying") return false;
    return now.valueMaps !== then.valueMaps || now.versions.get(kind) !== then.versions.get(kind);
  };
  return new Set(verdicts.filter(isOutdated).map(({ record }) => record.id));
}
