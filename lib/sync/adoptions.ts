/**
 * What records without a link are about to become in Salesforce: noted before Salesforce is written. Should the answer be
 * lost, it is known what was meant; and of two contacts that fit one Salesforce record only one takes it.
 */
import { sql } from "drizzle-orm";
import type { FoundRow } from "@/lib/core/side";
import type { Database } from "@/lib/platform/db";
import type { Effects, LinkWork } from "./work";

type Duplicates = NonNullable<Effects["duplicates"]>;

/** As it was noted when it was written, or is about to be. */
export interface Adoption {
  /** Target fields that S-360 had a value for. What else the record holds is its own. */
  readonly filled: ReadonlySet<string>;
  /** What is listed once it is there. */
  readonly duplicates: Duplicates | null;
}

export interface Adoptions {
  /** By row: records that the org has by their Sync ID, because an earlier try wrote it. */
  readonly earlier: ReadonlyMap<string, Adoption>;
  /** By row: works whose record another contact is taking just now. */
  readonly lost: ReadonlySet<string>;
}

export const noAdoptions: Adoptions = { earlier: new Map(), lost: new Set() };

export interface Intents {
  /** By row: the Salesforce record that it is from now on. */
  readonly adopted: ReadonlyMap<string, FoundRow>;
  /** By row: what is listed once a new record is made. */
  readonly duplicates: ReadonlyMap<string, Duplicates>;
}

/**
 * After this long without a worker at its record, an adoption that left no Sync ID in the org was never carried out. No
 * worker needs as long between asking the org and writing, so what is linked may be forgotten then.
 */
const settledAfter = sql`interval '15 minutes'`;

interface AdoptionRow extends Record<string, unknown> {
  record_id: string;
  mapping_id: string;
  filled: string[];
  duplicates: Duplicates | null;
}

/**
 * Commits what is about to be written, and looks up what was noted of works that the org knows by their Sync ID already:
 * one statement for both, none where there is neither. To be called before anything is written.
 *
 * Rows stay for a while after they are settled: who asked the org before that must still meet them.
 */
export async function noteAdoptions(
  db: Database,
  connectionId: number,
  works: readonly LinkWork[],
  find: (work: LinkWork) => FoundRow | null,
  { adopted, duplicates }: Intents,
): Promise<Adoptions> {
  const unlinked = works.filter(({ link }) => link === null);
  const found = unlinked.filter((work) => find(work) !== null);
  const intended = unlinked
    .flatMap((work) => {
      const target = adopted.get(work.rowId)?.id ?? (duplicates.has(work.rowId) ? newTarget(work) : null);
      return target === null ? [] : [{ work, target }];
    })
    // In one order, so that two workers never wait for each other.
    .sort((a, b) => (a.target < b.target ? -1 : 1));
  if (found.length + intended.length === 0) return noAdoptions;
  const column = <T>(read: (intent: (typeof intended)[number]) => T) => sql.param(intended.map(read));
  const { rows } = await db.execute<AdoptionRow>(sql`
    with noted as (
      insert into adoption as a (connection_id, target, record_id, mapping_id, filled, duplicates)
      select ${connectionId}, n.target, n.record_id, n.mapping_id,
        array(select jsonb_array_elements_text(n.filled::jsonb)), n.duplicates::jsonb
      from unnest(
        ${column(({ target }) => target)}::text[],
        ${column(({ work }) => work.record.id)}::bigint[],
        ${column(({ work }) => work.mapping.published.mappingId)}::bigint[],
        ${column(({ work }) => JSON.stringify(filledBy(work)))}::text[],
        ${column(({ work }) => jsonOf(duplicates.get(work.rowId)))}::text[]
      ) as n (target, record_id, mapping_id, filled, duplicates)
      on conflict (connection_id, target) do update set
        record_id = excluded.record_id, mapping_id = excluded.mapping_id, filled = excluded.filled,
        duplicates = excluded.duplicates, since = now()
      where a.record_id = excluded.record_id or (
        a.since < now() - ${settledAfter}
        and not exists (select from record r where r.id = a.record_id and r.lease_until > now()))
      returning record_id, mapping_id, filled, duplicates
    )
    select * from noted
    union all
    select a.record_id, a.mapping_id, a.filled, a.duplicates
    from unnest(
      ${sql.param(found.map(({ record }) => record.id))}::bigint[],
      ${sql.param(found.map(({ mapping }) => mapping.published.mappingId))}::bigint[],
      ${sql.param(found.map((work) => find(work)?.id ?? ""))}::text[],
      ${sql.param(found.map(newTarget))}::text[]
    ) as f (record_id, mapping_id, salesforce_id, new_target)
    join adoption a on a.connection_id = ${connectionId} and a.target in (f.salesforce_id, f.new_target)
      and a.record_id = f.record_id and a.mapping_id = f.mapping_id`);
  const noted = new Map(rows.map((row) => [`${row.record_id} ${row.mapping_id}`, adoptionOf(row)]));
  const notedOf = ({ record, mapping }: LinkWork) =>
    noted.get(`${record.id} ${mapping.published.mappingId}`) ?? null;
  return {
    earlier: new Map(
      found.flatMap((work) => {
        const adoption = notedOf(work);
        return adoption ? [[work.rowId, adoption] as const] : [];
      }),
    ),
    lost: new Set(intended.flatMap(({ work }) => (notedOf(work) ? [] : [work.rowId]))),
  };
}

/** Takes away what is linked by now, and what nobody has come back to for so long that it will not be written. */
export async function forgetAdoptions(db: Database): Promise<void> {
  await db.execute(sql`
    delete from adoption a
    where a.since < now() - ${settledAfter} and (
      exists (select from link l where l.record_id = a.record_id and l.mapping_id = a.mapping_id)
      or (a.since < now() - interval '30 days' and not exists (
        select from record_direction d
        where d.record_id = a.record_id and d.direction = 'in' and d.state not in ('idle', 'ignored', 'failed'))))`);
}

/** A record that is made anew has no id yet; its key is as good. */
function newTarget({ mapping, key }: LinkWork): string {
  return `${mapping.published.mappingId}:${key.toLowerCase()}`;
}

function filledBy({ fields }: LinkWork): string[] {
  return fields.flatMap(({ target, value }) => (value === null ? [] : [target]));
}

function jsonOf(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value);
}

function adoptionOf({ filled, duplicates }: AdoptionRow): Adoption {
  return { filled: new Set(filled), duplicates };
}
