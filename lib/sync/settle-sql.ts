/** The statements of settling, one per verb; each handles the whole batch at once. */
import { sql } from "drizzle-orm";
import type { Agreed } from "@/lib/core/agreement";
import { stillWaived } from "@/lib/core/waivers";
import { lanes, type AttemptOutcome, type Direction, type Family } from "@/lib/core/words";
import type { Queryable } from "@/lib/platform/db";
import { LeaseLost, leaseSeconds } from "./lease";
import type { ClaimedBatch } from "./records";
import type { Verdict } from "./verdict";
import { nameText, type LinkResult, type RecordName } from "./work";

export interface Locked {
  /** Records of the batch whose lease is still ours. */
  readonly ours: ReadonlySet<number>;
  /** Ids of the awaited records, made as stubs where S-360 has not sent them yet. */
  readonly awaitedIds: ReadonlyMap<string, number>;
}

/**
 * Locks the batch's records and the awaited ones, in the order of their keys (as the inbox does). The awaited are
 * locked so that no wake-up is lost: whoever links them settles before or after this, never in between.
 */
export async function lockForSettling(
  tx: Queryable,
  batch: ClaimedBatch,
  awaited: readonly RecordName[],
): Promise<Locked> {
  const families = sql.param(awaited.map((name) => name.family));
  const keys = sql.param(awaited.map((name) => name.key));
  if (awaited.length > 0) {
    await tx.execute(sql`
      insert into record (connection_id, family, key)
      select distinct ${batch.connectionId}::bigint, n.family, n.key from unnest(${families}::text[], ${keys}::text[]) as n (family, key)
      order by n.family, n.key
      on conflict (connection_id, family, key) do nothing`);
  }
  const rows = await tx.execute<{ id: string; family: Family; key: string; ours: boolean }>(sql`
    with wanted as (
      select unnest(${sql.param(batch.records.map((record) => record.id))}::bigint[]) as id
      union
      select r.id from unnest(${families}::text[], ${keys}::text[]) as n (family, key)
      join record r on r.connection_id = ${batch.connectionId} and r.family = n.family and r.key = n.key
    )
    select r.id, r.family, r.key, r.lease_token is not distinct from ${batch.leaseToken}::uuid as ours
    from record r join wanted on wanted.id = r.id
    order by r.family, r.key
    for no key update of r`);
  const batchIds = new Set(batch.records.map((record) => record.id));
  return {
    ours: new Set(
      rows.rows.flatMap((row) => (row.ours && batchIds.has(Number(row.id)) ? [Number(row.id)] : [])),
    ),
    awaitedIds: new Map(rows.rows.map((row) => [nameText(row), Number(row.id)])),
  };
}

/** Moves links and bases of what was written or adopted. Returns the records that are linked now. */
export async function storeLinks(
  tx: Queryable,
  { connectionId, direction }: Pick<ClaimedBatch, "connectionId" | "direction">,
  results: readonly LinkResult[],
): Promise<number[]> {
  const links = results.flatMap((result) => ("agreed" in result ? [result] : []));
  if (links.length === 0) return [];
  /** What we sent to Salesforce is what it holds from now on, as far as we know. */
  const sent = links.map((link) => JSON.stringify(direction === "in" ? (link.after ?? {}) : {}));
  await tx.execute(sql`
    insert into link as l (connection_id, record_id, mapping_id, object, salesforce_id, key, base, stored, traces, base_version)
    select ${connectionId}, n.record_id, n.mapping_id, n.object, n.salesforce_id, n.key, n.base::jsonb, n.stored::jsonb,
      n.traces::jsonb, n.version
    from unnest(
      ${sql.param(links.map((link) => link.record.id))}::bigint[],
      ${sql.param(links.map((link) => link.mapping.published.mappingId))}::bigint[],
      ${sql.param(links.map((link) => link.mapping.compiled.object))}::text[],
      ${sql.param(links.map((link) => link.salesforceId))}::text[],
      ${sql.param(links.map((link) => link.key))}::text[],
      ${sql.param(links.map((link) => JSON.stringify(link.agreed.base)))}::text[],
      ${sql.param(links.map((link) => JSON.stringify(link.agreed.stored)))}::text[],
      ${sql.param(links.map((link) => JSON.stringify(link.agreed.traces)))}::text[],
      ${sql.param(links.map((link) => (direction === "in" ? link.record.version : 0)))}::int[]
    ) as n (record_id, mapping_id, object, salesforce_id, key, base, stored, traces, version)
    on conflict (record_id, mapping_id) do update set
      object = excluded.object,
      salesforce_id = excluded.salesforce_id,
      key = excluded.key,
      head = l.head or not exists (
        select from link o where o.connection_id = l.connection_id and o.mapping_id = l.mapping_id
          and o.salesforce_id = excluded.salesforce_id and o.head and o.id <> l.id),
      base = excluded.base,
      stored = excluded.stored,
      traces = excluded.traces,
      base_version = greatest(l.base_version, excluded.base_version),
      updated_at = now()`);
  await rekeyAliases(tx, connectionId, links);
  const found = links.map(({ effects }) => (effects?.holds ? JSON.stringify(effects.holds) : null));
  await tx.execute(sql`
    update link l
    set held = jsonb_set(n.held, '{fields}', (n.held->'fields') || n.sent) || '{"assumed": true}'
    from (
      select l.id, coalesce(n.found::jsonb, l.held) as held, n.sent::jsonb as sent
      from unnest(
        ${sql.param(links.map((link) => link.record.id))}::bigint[],
        ${sql.param(links.map((link) => link.mapping.published.mappingId))}::bigint[],
        ${sql.param(found)}::text[], ${sql.param(sent)}::text[]
      ) as n (record_id, mapping_id, found, sent)
      join link l using (record_id, mapping_id)
      where n.found is not null or n.sent <> '{}'
    ) as n
    where l.id = n.id and n.held is not null`);
  return [...new Set(links.map((link) => link.record.id))];
}

/** Whoever refers to a second number of a record means the external id that it carries by now. */
async function rekeyAliases(
  tx: Queryable,
  connectionId: number,
  links: readonly Extract<LinkResult, { readonly agreed: Agreed }>[],
): Promise<void> {
  const rekeyed = links.filter(({ record, mapping, key }) =>
    record.links.some((link) => link.mappingId === mapping.published.mappingId && link.key !== key),
  );
  for (const { mapping, salesforceId, key } of rekeyed) {
    await tx.execute(sql`
      update link set key = ${key}, updated_at = now()
      where connection_id = ${connectionId} and mapping_id = ${mapping.published.mappingId}
        and salesforce_id = ${salesforceId} and not head`);
  }
}

/**
 * Right before a call whose answer may be lost, and renews the lease. Nothing is to be sent by a worker that lost it.
 * @throws LeaseLost
 */
export async function noteAgreement(
  db: Queryable,
  { leaseToken }: Pick<ClaimedBatch, "leaseToken">,
  linkId: number,
  { base, stored, traces }: Agreed,
): Promise<void> {
  const noted = await db.execute(sql`
    with ours as (
      update record set lease_until = now() + ${leaseSeconds} * interval '1 second'
      where id = (select record_id from link where id = ${linkId}) and lease_token = ${leaseToken}
      returning id
    )
    update link l set base = ${JSON.stringify(base)}::jsonb, stored = ${JSON.stringify(stored)}::jsonb,
      traces = ${JSON.stringify(traces)}::jsonb
    from ours where l.id = ${linkId} and l.record_id = ours.id`);
  if (noted.rowCount === 0) throw new LeaseLost();
}

/**
 * New states. A record whose version has moved on meanwhile, or that is to be tried `again`, is due at once, unless what
 * came meanwhile is held for a person: it stays held. What a person has decided meanwhile is not forgotten.
 */
export async function storeStates(
  tx: Queryable,
  direction: Direction,
  verdicts: readonly Verdict[],
  again: ReadonlySet<number>,
): Promise<void> {
  const settled = verdicts.filter((verdict) => verdict.state !== "untouched");
  if (settled.length === 0) return;
  const heldMeanwhile = sql`d.version > v.version and d.state = 'review'`;
  await tx.execute(sql`
    update record_direction d set
      synced_version = case when v.state in ('idle', 'ignored') then v.version else d.synced_version end,
      state = case when ${heldMeanwhile} then d.state when d.version > v.version or v.again then 'pending' else v.state end,
      due_at = case when d.version > v.version or v.again then now() else now() + v.retry_ms * interval '1 millisecond' end,
      attempts = case when v.state = 'retrying' then d.attempts + 1 else 0 end,
      waived = case when d.waived <> array(select jsonb_array_elements_text(v.waived::jsonb)) then d.waived
        else array(select jsonb_array_elements_text(v.waived_still::jsonb)) end,
      fault = case when ${heldMeanwhile} then d.fault else v.fault::jsonb end,
      written_at = case when v.wrote then now() else d.written_at end,
      changed_at = now()
    from unnest(
      ${sql.param(settled.map((verdict) => verdict.record.id))}::bigint[],
      ${sql.param(settled.map((verdict) => verdict.record.version))}::int[],
      ${sql.param(settled.map((verdict) => verdict.state))}::text[],
      ${sql.param(settled.map((verdict) => verdict.retryInMs))}::int[],
      ${sql.param(settled.map((verdict) => (verdict.fault ? JSON.stringify(verdict.fault) : null)))}::text[],
      ${sql.param(settled.map((verdict) => verdict.wrote))}::boolean[],
      ${sql.param(settled.map((verdict) => again.has(verdict.record.id)))}::boolean[],
      ${sql.param(settled.map((verdict) => JSON.stringify(verdict.record.waived)))}::text[],
      ${sql.param(settled.map((verdict) => JSON.stringify(waivedAfter(verdict))))}::text[]
    ) as v (id, version, state, retry_ms, fault, wrote, again, waived, waived_still)
    where d.record_id = v.id and d.direction = ${direction}`);
}

function waivedAfter({ state, record: { waived }, fault }: Verdict): readonly string[] {
  if (state === "retrying" || state === "waiting") return waived;
  return state === "review" && fault ? stillWaived(waived, fault.code) : [];
}

/** Events end: older ones were folded into the claimed version, that one ended as the verdict says. */
export async function storeOutcomes(
  tx: Queryable,
  direction: Direction,
  verdicts: readonly Verdict[],
): Promise<void> {
  const settled = verdicts.filter((verdict) => verdict.state !== "untouched");
  if (settled.length === 0) return;
  await tx.execute(sql`
    update event_record e set outcome = case when e.version < v.version then 'superseded' else v.outcome end
    from unnest(
      ${sql.param(settled.map((verdict) => verdict.record.id))}::bigint[],
      ${sql.param(settled.map((verdict) => verdict.record.version))}::int[],
      ${sql.param(settled.map((verdict) => verdict.outcome))}::text[]
    ) as v (id, version, outcome)
    where e.record_id = v.id and e.direction = ${direction} and e.outcome is null
      and (e.version < v.version or (e.version = v.version and v.outcome is not null))`);
}

export async function insertAttempts(
  tx: Queryable,
  direction: Direction,
  results: readonly LinkResult[],
): Promise<void> {
  const tried = results.flatMap((result) => {
    const outcome = attemptOutcome(result);
    return outcome ? [{ result, outcome }] : [];
  });
  if (tried.length === 0) return;
  const column = <T>(read: (result: LinkResult) => T) => sql.param(tried.map(({ result }) => read(result)));
  const json = (value: unknown) => (value === undefined ? null : JSON.stringify(value));
  await tx.execute(sql`
    insert into attempt (record_id, direction, version, mapping_version_id, object, salesforce_id, outcome, fault,
      before, after, conflicts, call_id, call_rows)
    select t.record_id, ${direction}, t.version, t.mapping_version_id, t.object, t.salesforce_id, t.outcome, t.fault::jsonb,
      t.before::jsonb, t.after::jsonb, t.conflicts::jsonb, t.call_id, t.call_rows
    from unnest(
      ${column((result) => result.record.id)}::bigint[],
      ${column((result) => result.record.version)}::int[],
      ${column((result) => result.mapping?.published.versionId ?? null)}::bigint[],
      ${column((result) => result.mapping?.compiled.object ?? null)}::text[],
      ${column((result) => ("salesforceId" in result ? result.salesforceId : null))}::text[],
      ${sql.param(tried.map(({ outcome }) => outcome))}::text[],
      ${column((result) => json("fault" in result ? result.fault : undefined))}::text[],
      ${column((result) => json(result.before))}::text[],
      ${column((result) => json(result.after))}::text[],
      ${column((result) => json(result.conflicts?.length ? result.conflicts : undefined))}::text[],
      ${column((result) => result.call?.callId ?? null)}::uuid[],
      ${column((result) => result.call?.rows ?? null)}::int[]
    ) as t (record_id, version, mapping_version_id, object, salesforce_id, outcome, fault, before, after, conflicts, call_id, call_rows)`);
}

/** What an attempt is told as; nothing was tried for a record that is unchanged or keeps its place. */
function attemptOutcome(result: LinkResult): AttemptOutcome | null {
  const { outcome } = result;
  if (outcome === "unchanged" || outcome === "echo") return result.conflicts?.length ? "yielded" : null;
  return outcome === "untouched" || outcome === "unreached" || outcome === "ignored" ? null : outcome;
}

/** Parks records behind what they wait for, or are to be linked with; what has been linked in the meantime makes them due at once. */
export async function park(
  tx: Queryable,
  direction: Direction,
  verdicts: readonly Verdict[],
  awaitedIds: ReadonlyMap<string, number>,
): Promise<void> {
  const settled = verdicts
    .filter((verdict) => verdict.state !== "untouched")
    .map((verdict) => verdict.record.id);
  if (settled.length === 0) return;
  const pairs = verdicts.flatMap((verdict) =>
    verdict.awaited.map((name) => ({
      recordId: verdict.record.id,
      awaitedId: awaitedIds.get(nameText(name)),
      linksSeen: name.linksSeen,
    })),
  );
  // What goes on waiting for the same record keeps its since: after a while S-360 is asked for it. It is looked at anew, for it
  // may have become what S-360 is asked for.
  await tx.execute(sql`
    delete from waiting w where w.record_id = any(${sql.param(settled)}::bigint[])
      and not exists (
        select from unnest(
          ${sql.param(pairs.map((pair) => pair.recordId))}::bigint[],
          ${sql.param(pairs.map((pair) => pair.awaitedId))}::bigint[]
        ) as p (record_id, awaited_id)
        where p.record_id = w.record_id and p.awaited_id = w.awaited_id)`);
  if (pairs.length === 0) return;
  await tx.execute(sql`
    insert into waiting (record_id, awaited_id)
    select distinct p.record_id, p.awaited_id
    from unnest(${sql.param(pairs.map((pair) => pair.recordId))}::bigint[], ${sql.param(pairs.map((pair) => pair.awaitedId))}::bigint[])
      as p (record_id, awaited_id)
    on conflict (record_id, awaited_id) do update set look_at = now()`);
  await tx.execute(sql`
    update record_direction d set state = 'pending', due_at = now()
    from unnest(
      ${sql.param(pairs.map((pair) => pair.recordId))}::bigint[],
      ${sql.param(pairs.map((pair) => pair.awaitedId))}::bigint[],
      ${sql.param(pairs.map((pair) => pair.linksSeen))}::int[]
    ) as p (record_id, awaited_id, links_seen)
    where d.record_id = p.record_id and d.direction = ${direction} and d.state in ('waiting', 'idle')
      and (select count(*) from link l where l.record_id = p.awaited_id) > p.links_seen`);
  await freeHeld(
    tx,
    direction,
    pairs.map(({ recordId }) => recordId),
  );
}

/** What an initial import holds and a sale of today waits for is needed today: it leaves the import and is live. */
async function freeHeld(tx: Queryable, direction: Direction, parked: readonly number[]): Promise<void> {
  await tx.execute(sql`
    with freed as (
      update record_direction h set state = 'pending', lane = ${lanes.liveContacts}, due_at = now(), changed_at = now()
      from waiting w join record_direction d on d.record_id = w.record_id and d.direction = ${direction}
      where w.record_id = any(${sql.param([...parked])}::bigint[]) and d.lane <= ${lanes.liveContacts}
        and h.record_id = w.awaited_id and h.direction = 'in' and h.state = 'held'
      returning h.record_id, h.connection_id
    ), noted as (
      update import_record i set ended_as = 'live', ended_at = now()
      from freed where i.record_id = freed.record_id and i.released_at is null and i.ended_as is null
    )
    select pg_notify('work', connection_id::text) from (select distinct connection_id from freed) as woken`);
}

/** Whatever waited for these records is due now, and so are sales that were written without them. */
export async function releaseWaiting(
  tx: Queryable,
  connectionId: number,
  linked: readonly number[],
): Promise<void> {
  if (linked.length === 0) return;
  const released = await tx.execute(sql`
    with released as (
      delete from waiting where awaited_id = any(${sql.param([...linked])}::bigint[]) returning record_id
    )
    update record_direction d set state = 'pending', due_at = now(), changed_at = now()
    from released join record r on r.id = released.record_id
    where d.record_id = r.id and (d.state = 'waiting' or d.state = 'idle' and r.family = 'operation')`);
  if ((released.rowCount ?? 0) > 0) await tx.execute(sql`select pg_notify('work', ${String(connectionId)})`);
}

/**
 * The batch's records are free again. Each change writes the whole record anew, so this one carries the contact id too:
 * the one that was written, not one that may have come since, for a reused number must be noticed.
 */
export async function endLeases(
  tx: Queryable,
  batch: ClaimedBatch,
  results: readonly LinkResult[],
): Promise<void> {
  const linked = new Set(results.flatMap((result) => ("agreed" in result ? [result.record.id] : [])));
  await tx.execute(sql`
    update record r set lease_token = null, lease_until = null, contact_id = coalesce(r.contact_id, n.contact_id)
    from unnest(
      ${sql.param(batch.records.map((record) => record.id))}::bigint[],
      ${sql.param(batch.records.map((record) => (linked.has(record.id) ? record.contactId : null)))}::text[]
    ) as n (id, contact_id)
    where r.id = n.id and r.lease_token = ${batch.leaseToken}`);
}

export async function noteWritten(
  tx: Queryable,
  connectionId: number,
  verdicts: readonly Verdict[],
): Promise<void> {
  const streams = [...new Set(verdicts.flatMap((verdict) => (verdict.wrote ? [verdict.record.stream] : [])))];
  if (streams.length === 0) return;
  await tx.execute(sql`
    update stream set last_written_at = now()
    where connection_id = ${connectionId} and name = any(${sql.param(streams)}::text[])`);
}
