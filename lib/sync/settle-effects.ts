/** What results do beyond their own links: contacts that S-360 has told, records that moved in Salesforce, new causes. */
import { sql } from "drizzle-orm";
import type { Direction } from "@/lib/core/words";
import type { Queryable } from "@/lib/platform/db";
import { lanes } from "@/lib/core/words";
import type { ClaimedBatch } from "./records";
import { giveNumber, giveToHeads, replaceNewcomer } from "./unite";
import type { LinkResult } from "./work";

/** To be called after links are stored and before states are: a record that is due again keeps that. */
export async function storeEffects(
  tx: Queryable,
  batch: Omit<ClaimedBatch, "records">,
  results: readonly LinkResult[],
): Promise<void> {
  const telling = results.filter(({ effects }) => effects !== undefined);
  if (telling.length === 0) return;
  await foldContacts(tx, telling);
  await moveLinks(tx, batch, telling);
  await followLost(tx, batch, telling);
  for (const direction of ["in", "out"] as const) {
    const ids = telling.flatMap(({ record, effects }) =>
      effects?.again?.includes(direction) ? [record.id] : [],
    );
    if (direction !== batch.direction) await makeDue(tx, batch.connectionId, direction, ids);
    else await bumpOwn(tx, direction, ids);
  }
}

/** Records that others refer to and that are gone: what became of them is found out on the way back. */
async function followLost(
  tx: Queryable,
  { connectionId }: Pick<ClaimedBatch, "connectionId">,
  results: readonly LinkResult[],
): Promise<void> {
  const lost = [...new Set(results.flatMap(({ effects }) => effects?.lost ?? []))];
  if (lost.length === 0) return;
  const rows = await tx.execute<{ record_id: string }>(sql`
    update link set gone_at = now(), fate_at = null
    where connection_id = ${connectionId} and salesforce_id = any(${sql.param(lost)}::text[]) and head and gone_at is null
    returning record_id`);
  const ids = rows.rows.map(({ record_id: id }) => Number(id));
  await makeDue(tx, connectionId, "out", ids);
}

/** Only where S-360 has not told anything newer since the record was claimed. */
async function foldContacts(tx: Queryable, results: readonly LinkResult[]): Promise<void> {
  const folding = results.flatMap(({ record, effects }) =>
    effects?.folds ? [{ id: record.id, version: record.inVersion, ...effects.folds }] : [],
  );
  if (folding.length === 0) return;
  await tx.execute(sql`
    update record r set
      s360_state = case when n.instead then n.state::jsonb else coalesce(r.s360_state, '{}'::jsonb) || n.state::jsonb end,
      label = n.label, search_terms = array(select jsonb_array_elements_text(n.terms::jsonb)), updated_at = now()
    from unnest(
      ${sql.param(folding.map(({ id }) => id))}::bigint[],
      ${sql.param(folding.map(({ version }) => version))}::int[],
      ${sql.param(folding.map(({ contact }) => JSON.stringify(contact)))}::text[],
      ${sql.param(folding.map(({ portrait }) => portrait.label))}::text[],
      ${sql.param(folding.map(({ portrait }) => JSON.stringify(portrait.searchTerms)))}::text[],
      ${sql.param(folding.map(({ instead }) => instead === true))}::boolean[]
    ) as n (id, version, state, label, terms, instead)
    where r.id = n.id and not exists (
      select from record_direction d where d.record_id = r.id and d.direction = 'in' and d.version > n.version)`);
}

async function moveLinks(
  tx: Queryable,
  batch: Omit<ClaimedBatch, "records">,
  results: readonly LinkResult[],
): Promise<void> {
  const moving = results.flatMap(({ record, mapping, effects }) =>
    mapping && (effects?.moved || effects?.gone !== undefined || effects?.fated)
      ? [{ recordId: record.id, mapping, ...effects }]
      : [],
  );
  for (const { recordId, mapping, moved, gone, fated } of moving) {
    const { mappingId } = mapping.published;
    if (fated) {
      await tx.execute(sql`
        update link set fate_at = now() where record_id = ${recordId} and mapping_id = ${mappingId}`);
    }
    if (gone === true) {
      await tx.execute(sql`
        update link set gone_at = now(), fate_at = null
        where record_id = ${recordId} and mapping_id = ${mappingId} and gone_at is null`);
    }
    if (gone === false) {
      await tx.execute(sql`
        update link set gone_at = null, fate_at = null
        where record_id = ${recordId} and mapping_id = ${mappingId}`);
    }
    if (!moved) continue;
    if (moved.head) await replaceNewcomer(tx, batch, { recordId, mappingId, ...moved });
    await isNoCopy(tx, recordId, moved.salesforceId);
    await tx.execute(sql`
      update link l set salesforce_id = ${moved.salesforceId}, key = ${moved.key}, updated_at = now()
      from link old
      where old.record_id = ${recordId} and old.mapping_id = ${mappingId} and l.mapping_id = old.mapping_id
        and l.connection_id = old.connection_id and l.salesforce_id = old.salesforce_id and not l.head and l.id <> old.id`);
    // The Sync ID has to be written onto the record that stayed.
    await tx.execute(sql`
      update link set salesforce_id = ${moved.salesforceId}, key = ${moved.key}, head = ${moved.head},
        base = base - ${mapping.compiled.keyField}::text, updated_at = now()
      where record_id = ${recordId} and mapping_id = ${mappingId}`);
  }
  await giveToHeads(
    tx,
    moving.flatMap(({ recordId, moved }) => (moved?.head === false ? [recordId] : [])),
  );
}

/** What was taken for a copy before the merge was known is the record itself. */
async function isNoCopy(tx: Queryable, recordId: number, salesforceId: string): Promise<void> {
  await tx.execute(sql`
    with told as (
      select id, coalesce(subject->'copies', jsonb_build_array(subject->'salesforceId')) - ${salesforceId}::text as copies
      from review where record_id = ${recordId} and kind = 'clone' and state <> 'closed'
    )
    update review v set
      state = case when told.copies = '[]' then 'closed' else v.state end,
      closed_at = case when told.copies = '[]' then now() end,
      subject = v.subject || jsonb_build_object('copies', told.copies)
        || case when told.copies = '[]' then '{}' else jsonb_build_object('salesforceId', told.copies->0) end
    from told where v.id = told.id`);
}

/** The other direction is due; what a person is to decide, or has put off until tonight, stays as it is. */
async function makeDue(
  tx: Queryable,
  connectionId: number,
  direction: Direction,
  ids: readonly number[],
): Promise<void> {
  if (ids.length === 0) return;
  const stream = direction === "in" ? "contacts-in" : "contacts-out";
  await tx.execute(sql`
    insert into record_direction as d (record_id, direction, connection_id, stream, version, state, lane)
    select id, ${direction}, ${connectionId}, ${stream}, 1, 'pending', ${lanes.liveContacts}
    from unnest(${sql.param([...new Set(ids)])}::bigint[]) as n (id)
    on conflict (record_id, direction) do update set
      state = 'pending', due_at = now(), attempts = 0, fault = null, lane = least(d.lane, excluded.lane), changed_at = now()
    where d.direction = 'in' or not (d.state = 'review' or (d.state = 'pending' and d.due_at > now()))`);
  await tx.execute(sql`select pg_notify('work', ${String(connectionId)})`);
}

/** One version more makes the record due again once its state is stored. */
async function bumpOwn(tx: Queryable, direction: Direction, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.execute(sql`
    update record_direction set version = version + 1
    where direction = ${direction} and record_id = any(${sql.param([...new Set(ids)])}::bigint[])`);
}

/**
 * Numbers that S-360 gave to what was created there. To be called last: records may become one. Where the org has a twin
 * by now, a person has to say which of the two stays.
 */
export async function giveNumbers(
  tx: Queryable,
  connectionId: number,
  results: readonly LinkResult[],
): Promise<void> {
  for (const { record, effects } of results) {
    if (effects?.number === undefined) continue;
    const given = await giveNumber(tx, connectionId, record.id, effects.number);
    if (given === "given") continue;
    if (given === "busy") {
      await tx.execute(sql`
        update record_direction set state = 'retrying', due_at = now() + interval '5 seconds'
        where record_id = ${record.id} and direction = 'out'`);
      continue;
    }
    const sentence = `S-360 created this contact as ${effects.number}, but that number was written to another Salesforce record meanwhile. Merge the two records in Salesforce.`;
    await tx.execute(sql`
      update record_direction
      set state = 'review', fault = ${JSON.stringify({ code: "shared_record", sentence })}::jsonb
      where record_id = ${record.id} and direction = 'out'`);
    await tx.execute(sql`
      insert into review (connection_id, kind, record_id, sentence, subject)
      values (${connectionId}, 'shared_record', ${record.id}, ${sentence}, '{"direction": "out"}'::jsonb)
      on conflict do nothing`);
  }
}
