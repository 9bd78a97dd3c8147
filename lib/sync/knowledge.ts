/**
 * What mappings, value maps and the rules of sales say when a batch is settled, held against what they said when it was
 * evaluated. Whoever saves or publishes makes held records due again (lib/mappings/release.ts); a batch that was evaluated
 * before that and is settled after it would be missed. So settling shares a lock that saving and publishing take alone: either they see
 * what was settled, or settling sees what they saved.
 */
import { sql } from "drizzle-orm";
import { connectionSettingsSchema } from "@/lib/core/connection-settings";
import type { EvaluatedBy } from "@/lib/core/mapping/published";
import type { SalesSettings } from "@/lib/core/sales-settings";
import type { Direction, Kind } from "@/lib/core/words";
import type { Queryable } from "@/lib/platform/db";
import { lockOfKnowledge } from "@/lib/platform/knowledge-lock";
import type { Verdict } from "./verdict";
import type { SyncDeps } from "./work";

/** The stamps of what counts now. */
export interface Knowledge {
  /** By kind: the published versions of its mappings, in one order. */
  readonly versions: ReadonlyMap<Kind, string>;
  /** The revisions of all value maps. */
  readonly valueMaps: string;
  /** What is said of sales without a contact. */
  readonly sales: SalesSettings;
}

/** By what a batch is evaluated. */
export function evaluatedBy({ published, settings }: Pick<SyncDeps, "published" | "settings">): EvaluatedBy {
  const { mappings, valueMapRevisions } = published;
  const versions = mappings.map(({ kind, mappingId, versionId }) => ({ kind, mappingId, versionId }));
  return { mappings: versions, valueMapRevisions, sales: settings.sales };
}

/**
 * Keeps mappings, value maps and those rules as they are until the transaction ends, and tells what they are. To be called first: the
 * order of locks is knowledge, records by their keys, states.
 */
export async function holdKnowledge(tx: Queryable, connectionId: number): Promise<Knowledge> {
  // The lock comes in a statement of its own: a statement sees only what was committed before it began.
  await tx.execute(sql`select pg_advisory_xact_lock_shared(${lockOfKnowledge}::int, ${connectionId}::int)`);
  const rows = await tx.execute<{
    mappings: { kind: Kind; id: number; versionId: number }[] | null;
    maps: Record<string, number> | null;
    sales: unknown;
  }>(sql`
    select
      (select jsonb_agg(jsonb_build_object('kind', kind, 'id', id, 'versionId', published_version_id)) from mapping
        where connection_id = ${connectionId} and direction = 'in' and published_version_id is not null) as mappings,
      (select jsonb_object_agg(name, revision) from value_map where connection_id = ${connectionId}) as maps,
      (select settings->'sales' from connection where id = ${connectionId}) as sales`);
  const { mappings, maps, sales } = rows.rows[0] ?? { mappings: null, maps: null, sales: null };
  return stampsOf({
    mappings: (mappings ?? []).map(({ id: mappingId, ...rest }) => ({ mappingId, ...rest })),
    valueMapRevisions: maps ?? {},
    sales: salesSchema.parse(sales ?? undefined),
  });
}

const salesSchema = connectionSettingsSchema.shape.sales;

function stampsOf({ mappings, valueMapRevisions, sales }: EvaluatedBy): Knowledge {
  const versions = new Map<Kind, string>();
  for (const { kind, mappingId, versionId } of [...mappings].sort((a, b) => a.mappingId - b.mappingId))
    versions.set(kind, `${versions.get(kind) ?? ""} ${mappingId}:${versionId}`);
  const revisions = Object.entries(valueMapRevisions).map(([name, revision]) => `${name}:${revision}`);
  return { versions, valueMaps: revisions.sort().join(" "), sales };
}

/**
 * Records whose result another version, value map or rule may have changed before it was settled: they are due again. What is
 * for a person stays there: decisions are carried out with what counts then. On the way to S-360 only what failed is
 * tried again, for each try costs a call. A kind that is no longer mapped has nothing to be evaluated with.
 */
export function evaluatedTooEarly(
  verdicts: readonly Verdict[],
  direction: Direction,
  evaluated: EvaluatedBy,
  now: Knowledge,
): ReadonlySet<number> {
  const then = stampsOf(evaluated);
  const isSameOfSales = saidOfSales(now.sales) === saidOfSales(then.sales);
  const isOutdated = ({ record: { kind }, state }: Verdict) => {
    if (kind === null || state === "review" || !now.versions.has(kind)) return false;
    if (direction === "out" && state !== "failed" && state !== "retrying") return false;
    if (kind === "operation" && !isSameOfSales) return true;
    return now.valueMaps !== then.valueMaps || now.versions.get(kind) !== then.versions.get(kind);
  };
  return new Set(verdicts.filter(isOutdated).map(({ record }) => record.id));
}

function saidOfSales({ withoutContact, anonymous, placeholder }: SalesSettings): string {
  return JSON.stringify([withoutContact, anonymous, placeholder]);
}
