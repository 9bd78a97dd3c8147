/**
 * Calls that newer ones may have passed, because they were set aside and are read again. What came of a record meanwhile is
 * newer than what they say of it. S-360 sends some of a contact's sections, so of a contact those that nothing newer told
 * still count; an order is taken as a whole, for an operation that it has lost does not come back.
 */
import { sql } from "drizzle-orm";
import { isUnknownToS360 } from "@/lib/core/anonymised";
import type { InboundItem, InboundRecord } from "@/lib/core/inbound";
import type { Queryable } from "@/lib/platform/db";
import type { ArrivedItem } from "./events";
import { recordKey } from "./fold";
import { lockRecords } from "./sql";

export interface PassedItem {
  /** Of the item among those that arrived. */
  readonly position: number;
  /** The record that something newer was folded into. */
  readonly id: number;
}

export interface Passed {
  /** The items that arrived, with what still counts of them. */
  readonly items: readonly InboundItem[];
  /** Of which nothing does. */
  readonly superseded: readonly PassedItem[];
}

/** The items of a body. */
export type ReadItems = (body: string) => readonly InboundItem[];

/** Contacts whose newer events are read at once: of one there may be many. */
const contactsAtOnce = 100;

interface Named extends PassedItem {
  readonly record: InboundRecord;
  readonly receivedAt: string | null;
}

/**
 * What still counts of items that may be too late. Locks the contacts and orders of all, so that nothing newer comes in
 * between. `read`: how the items of their stream are read.
 */
export async function withoutPassed(
  tx: Queryable,
  connectionId: number,
  arrived: readonly ArrivedItem[],
  read: ReadItems,
): Promise<Passed> {
  const passed = await passedRecords(tx, connectionId, arrived);
  const left = await leftOfContacts(
    tx,
    passed.filter(({ record }) => record.family === "contact"),
    read,
  );
  const late = new Set(passed.map(({ record }) => record));
  const items = arrived.map(({ item }) => ({ ...item, records: stillCounting(item, late, left) }));
  const superseded = passed.flatMap(({ id, position, record }) =>
    left.has(record) ? [] : [{ id, position }],
  );
  return { items, superseded };
}

function stillCounting(
  { records }: InboundItem,
  late: ReadonlySet<InboundRecord>,
  left: ReadonlyMap<InboundRecord, InboundRecord>,
): readonly InboundRecord[] {
  if (records.some((record) => record.family === "order" && late.has(record))) return [];
  return records.flatMap((record) => (late.has(record) ? (left.get(record) ?? []) : [record]));
}

/** Contacts and orders that something newer was folded into. What touched nothing, because it was late itself, is not newer. */
async function passedRecords(
  tx: Queryable,
  connectionId: number,
  arrived: readonly ArrivedItem[],
): Promise<readonly Named[]> {
  const heads = arrived.map(({ item }) => withHeadsOnly(item));
  const locked = await lockRecords(tx, connectionId, heads);
  const named = heads.flatMap(({ records }, position) =>
    records.flatMap((record): Named[] => {
      const id = locked.get(recordKey(record))?.id;
      return id === undefined
        ? []
        : [{ id, position, record, receivedAt: arrived[position]?.receivedAt ?? null }];
    }),
  );
  if (named.length === 0) return [];
  const rows = await tx.execute<{ nth: number }>(sql`
    select n.nth::int from ${asRows(named)} where exists (select ${newerEvents})`);
  const passed = new Set(rows.rows.map(({ nth }) => nth));
  return named.filter((_, index) => passed.has(index + 1));
}

/** The sections of contacts that no newer event held; contacts of which none is left are not among them. */
async function leftOfContacts(
  tx: Queryable,
  contacts: readonly Named[],
  read: ReadItems,
): Promise<ReadonlyMap<InboundRecord, InboundRecord>> {
  const left = new Map<InboundRecord, InboundRecord>();
  for (let start = 0; start < contacts.length; start += contactsAtOnce) {
    const some = contacts.slice(start, start + contactsAtOnce);
    const newer = await tx.execute<{ nth: number; raw: string }>(sql`
      select n.nth::int, newer.raw from ${asRows(some)} cross join lateral (select e.raw ${newerEvents}) as newer`);
    const sections = some.map(({ record }) => new Map(Object.entries(record.sections)));
    for (const { nth, raw } of newer.rows) {
      const own = sections[nth - 1];
      const record = some[nth - 1]?.record;
      if (own && record) forget(own, toldOf(record, read(raw)));
    }
    some.forEach(({ record }, index) => {
      const own = sections[index];
      if (own && own.size > 0) left.set(record, { ...record, sections: Object.fromEntries(own) });
    });
  }
  return left;
}

function forget(sections: Map<string, unknown>, told: ReadonlySet<string> | "all"): void {
  for (const name of [...sections.keys()]) if (told === "all" || told.has(name)) sections.delete(name);
}

/**
 * Which sections of a record items tell. Where it is not found in them they may have told any; so may those that tell of
 * another person by its number, or that S-360 knows it no more.
 */
function toldOf(
  { family, key, sections: own }: InboundRecord,
  items: readonly InboundItem[],
): ReadonlySet<string> | "all" {
  const told = items
    .flatMap(({ records }) => records)
    .filter((record) => record.family === family && record.key === key);
  const isAnother = ({ contactId }: InboundRecord["sections"]) =>
    contactId !== undefined &&
    own["contactId"] !== undefined &&
    String(contactId) !== String(own["contactId"]);
  if (told.some(({ sections }) => isUnknownToS360(sections) || isAnother(sections))) return "all";
  return told.length === 0 ? "all" : new Set(told.flatMap(({ sections }) => Object.keys(sections)));
}

/** As the relation `n`, in their order from 1. */
function asRows(named: readonly Named[]) {
  return sql`
    unnest(
      ${sql.param(named.map(({ id }) => id))}::bigint[],
      ${sql.param(named.map(({ receivedAt }) => receivedAt))}::timestamptz[]
    ) with ordinality as n (id, received_at, nth)`;
}

/** That were folded into the record of `n`. */
const newerEvents = sql`
  from event_record er join event e on e.id = er.event_id
  where er.record_id = n.id and er.direction = 'in' and e.received_at > n.received_at
    and not (er.version = 0 and er.outcome is not distinct from 'superseded')`;

/** Without what stands under them. */
function withHeadsOnly(item: InboundItem): InboundItem {
  return { ...item, records: item.records.filter(({ parent }) => parent === undefined) };
}
