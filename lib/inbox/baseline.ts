/**
 * The way back begins where contacts were linked long before: nobody knows what their records held then, and what differs
 * by now is no fresh edit. What the org holds is read once per old link and taken for agreed. Only records that were
 * edited since reading began are left to the change feed: there old differences cannot be told from new ones.
 */
import { sql } from "drizzle-orm";
import { agreedInSalesforce, type Agreed, type FieldTrace, type HeldRow } from "@/lib/core/agreement";
import { sameValue } from "@/lib/core/canonical";
import type { CanonicalValue, FieldDescribe, ReadRow, Side } from "@/lib/core/side";
import { transact, type Database, type Queryable } from "@/lib/platform/db";
import { cleanTexts } from "./clean-rows";
import { moveBaseline, type Cursor } from "./cursors";
import { lockLinked, type LockedLink } from "./link-sql";

/** One call reads this many records (core/side.ts); a poll spends no more calls than this on old links. */
const linksPerCall = 1_000;
const mostCalls = 20;

export interface BaselineObject {
  readonly object: string;
  readonly keyField: string;
  /** As the feed reads them. */
  readonly fields: readonly string[];
  /** Fields that go both ways, by mapping. */
  readonly back: ReadonlyMap<number, readonly FieldDescribe[]>;
}

interface BaselineInput {
  readonly db: Database;
  readonly side: Pick<Side, "read">;
  readonly connectionId: number;
  readonly objects: Iterable<BaselineObject>;
  readonly cursors: ReadonlyMap<string, Cursor>;
  /** The id of the connector's own user. */
  readonly us: string;
  readonly signal?: AbortSignal;
}

/**
 * Goes on where the last poll stopped; without old links it makes no call, and once all are known it asks the database
 * for nothing either. @throws FaultError when the org could not be read
 */
export async function takeBaseline(input: BaselineInput): Promise<void> {
  let calls = 0;
  for (const object of input.objects) {
    const cursor = input.cursors.get(object.object);
    for (const [mappingId, back] of object.back) {
      if (!cursor || back.length === 0) continue;
      const part = { object, mappingId, back, cursor };
      for (let after = placeIn(cursor, mappingId); after !== null;) {
        const asked = await oldLinks(input, part, after);
        if (asked.links.length > 0 && (++calls > mostCalls || input.signal?.aborted)) return;
        const { upTo, busy } = await takeIn(input, part, asked);
        after = busy ? null : upTo;
      }
    }
  }
}

interface Part {
  readonly object: BaselineObject;
  readonly mappingId: number;
  readonly back: readonly FieldDescribe[];
  readonly cursor: Cursor;
}

/** The link after which to go on; null where all old links are known. */
function placeIn({ baseline }: Cursor, mappingId: number): number | null {
  const place = baseline[mappingId];
  return place === undefined ? 0 : place;
}

interface OldLink {
  readonly id: number;
  readonly salesforceId: string;
}

interface Asked {
  readonly after: number;
  readonly links: readonly OldLink[];
  /** The database's clock before the org is asked. */
  readonly askedAt: string;
}

/**
 * Links of which Salesforce has never told. What was written before reading began will not be told by the feed either,
 * even if we wrote it.
 */
async function oldLinks(
  { db, connectionId }: BaselineInput,
  { mappingId, cursor }: Part,
  after: number,
): Promise<Asked> {
  const rows = await db.execute<{ id: string; salesforce_id: string; asked_at: string }>(sql`
    select id, salesforce_id, clock_timestamp()::text as asked_at from link
    where connection_id = ${connectionId} and mapping_id = ${mappingId} and id > ${after} and head and gone_at is null
      and held is null and (traces = '{}' or updated_at < ${cursor.startedAt}::timestamptz)
    order by id limit ${linksPerCall}`);
  const links = rows.rows.map((row) => ({ id: Number(row.id), salesforceId: row.salesforce_id }));
  return { after, links, askedAt: rows.rows[0]?.asked_at ?? "" };
}

/** `upTo`: up to which link all are known; null: all are. `busy`: a worker holds the one behind it. */
async function takeIn(
  input: BaselineInput,
  part: Part,
  { after, links, askedAt }: Asked,
): Promise<{ readonly upTo: number | null; readonly busy: boolean }> {
  const { db, connectionId } = input;
  const { object, mappingId } = part;
  const ids = links.map(({ salesforceId }) => salesforceId);
  const rows = await readHeld(input, part, ids);
  return transact(db, async (tx) => {
    const locked = await lockLinked(tx, connectionId, ids, askedAt);
    const ours = [...locked].flatMap(([id, all]) =>
      all.flatMap((link) => (link.mappingId === mappingId ? [{ link, row: rows.get(id) }] : [])),
    );
    const free = ours.filter(({ link }) => !link.busy && link.goneAt === null && link.held === null);
    const taken = free.flatMap(({ link, row }) => (row ? [takenIn(input, part, link, row)] : []));
    await storeTaken(tx, taken);
    const busy = new Set(ours.flatMap(({ link }) => (link.busy ? [link.linkId] : [])));
    const first = links.findIndex(({ id }) => busy.has(id));
    const known = first < 0 ? links : links.slice(0, first);
    const all = first < 0 && links.length < linksPerCall;
    const upTo = all ? null : (known.at(-1)?.id ?? after);
    await moveBaseline(tx, connectionId, object.object, { mappingId, upTo });
    return { upTo, busy: first >= 0 };
  });
}

/** What records hold that nobody has edited since reading began; the feed tells of the others. */
async function readHeld(
  { side }: BaselineInput,
  { object: { object, keyField, fields }, cursor }: Part,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ReadRow>> {
  if (ids.length === 0) return new Map();
  const rows = await side.read([{ object, ids, fields: [...new Set([keyField, ...fields])] }]);
  const old = rows.filter(({ stamp }) => Date.parse(stamp) < Date.parse(cursor.startedAt));
  return new Map(old.map((row) => [row.id, cleanTexts(row).value]));
}

interface Taken extends Pick<Agreed, "stored" | "traces"> {
  readonly linkId: number;
  readonly held: HeldRow;
}

function takenIn({ us }: BaselineInput, { object, back }: Part, link: LockedLink, row: ReadRow): Taken {
  return { linkId: link.linkId, held: heldOf(row, object.keyField, us), ...agreedWith(link, row, back) };
}

async function storeTaken(tx: Queryable, taken: readonly Taken[]): Promise<void> {
  if (taken.length === 0) return;
  await tx.execute(sql`
    update link l set held = n.held::jsonb, stored = n.stored::jsonb, traces = n.traces::jsonb
    from unnest(
      ${sql.param(taken.map(({ linkId }) => linkId))}::bigint[],
      ${sql.param(taken.map(({ held }) => JSON.stringify(held)))}::text[],
      ${sql.param(taken.map(({ stored }) => JSON.stringify(stored)))}::text[],
      ${sql.param(taken.map(({ traces }) => JSON.stringify(traces)))}::text[]
    ) as n (id, held, stored, traces)
    where l.id = n.id`);
}

/** Who edited it is known, and not whether a person did: what is taken in is never told as an edit. */
function heldOf({ stamp, fields: all, modifiedBy }: ReadRow, keyField: string, us: string): HeldRow {
  const { [keyField]: key, ...fields } = all;
  const by = { id: modifiedBy, name: null, person: modifiedBy !== us };
  return { stamp, key: typeof key === "string" ? key : null, fields, modifiedBy: by };
}

/** Where Salesforce holds something else than S-360 said, that is its half of the agreement. */
function agreedWith(
  { agreed }: LockedLink,
  { fields }: ReadRow,
  back: readonly FieldDescribe[],
): Pick<Agreed, "stored" | "traces"> {
  const stored: Record<string, CanonicalValue> = { ...agreed.stored };
  for (const field of back) {
    const value = fields[field.name] ?? null;
    const known = agreedInSalesforce(agreed, field.name);
    if (!sameValue(known, value, field)) stored[field.name] = value;
  }
  const traces: Record<string, FieldTrace> = {};
  for (const [name, { unseen: _, ...trace }] of Object.entries(agreed.traces)) traces[name] = trace;
  return { stored, traces };
}
