/**
 * The door for what the change feed told: events, what each record holds now, what is due, and the cursor that says how
 * far reading has come, in one transaction.
 */
import { randomUUID } from "node:crypto";
import type { ChangedRow, DeletedRow, FeedPage, FieldDescribe } from "@/lib/core/side";
import type { ContactKind, Kind } from "@/lib/core/words";
import { transact, type Database, type Queryable } from "@/lib/platform/db";
import { cleanPages, type Repair } from "./clean-rows";
import { changedFields, classify, type LinkedRow } from "./classify-change";
import { reviewCopiedLookups, type Lookups } from "./copied-lookups";
import { findCopies, openConsistencyCheck, reviewCopies } from "./copies";
import { moveCursor, type Cursor } from "./cursors";
import { holdMassChange, type MassInput } from "./mass-change";
import { addNewcomers, type Newcomer } from "./newcomers";
import { insertEvents } from "./events";
import { bumpDirections, insertEventRecords, type Touched } from "./sql";
import { reviewRestored } from "./restored";
import { noteReceipt, openStream } from "./streams";
import { holdRows, lockLinked, markGone } from "./link-sql";

/** One object as the feed reads it. */
export interface FeedObject {
  readonly object: string;
  /** Fields that go both ways, by mapping. */
  readonly back: ReadonlyMap<number, readonly FieldDescribe[]>;
  /** Of sales: how they are tied to their contact. They do not go back; only copies of them are looked for. */
  readonly lookups?: Lookups;
}

export interface ChangesInput {
  readonly connectionId: number;
  /** One chunk of a sweep. */
  readonly pages: readonly FeedPage[];
  readonly cursors: ReadonlyMap<string, Cursor>;
  readonly objects: ReadonlyMap<string, FeedObject>;
  /** The org's clock when the first of the pages was read. */
  readonly serverTime: string;
  /** The database's clock before the org was asked. */
  readonly askedAt: string;
  /** The id of the connector's own user. */
  readonly us: string;
  /** More records of one sweep than this that people changed are held as one review. */
  readonly massLimit: number;
  /** Whether S-360 is called for a contact of this kind whose record was deleted. */
  readonly marks: (kind: Kind | null) => boolean;
  /** What a record that has no S-360 number would be created as; null: it is not to be. */
  readonly creates: (row: ChangedRow) => NewcomerKind | null;
}

export interface NewcomerKind {
  readonly mappingId: number;
  readonly kind: ContactKind;
}

export interface ChangesReceipt {
  readonly rows: number;
  readonly changes: number;
  /** What a Bulk job has made is not among them, though its links are not there yet. */
  readonly strangers: number;
  readonly cursors: ReadonlyMap<string, Cursor>;
}

export async function receiveChanges(db: Database, input: ChangesInput): Promise<ChangesReceipt> {
  const { pages, repairs } = cleanPages(input.pages);
  const creates = (row: ChangedRow) => input.creates(repairs.get(row)?.original ?? row);
  return transact(db, async (tx) => store(tx, { ...input, pages, creates, repairs }));
}

interface CleanInput extends ChangesInput {
  readonly repairs: ReadonlyMap<ChangedRow, Repair>;
}

interface Item {
  readonly recordId: number;
  readonly kind: Touched["kind"];
  readonly row: ChangedRow | DeletedRow;
  /** No person wrote the row last: it is no news to a record that waits, unless it was deleted and lives again. */
  readonly quiet: boolean;
}

async function store(tx: Queryable, input: CleanInput): Promise<ChangesReceipt> {
  const { connectionId } = input;
  const all = input.pages.flatMap((page) => page.changed);
  await reviewCopiedLookups(tx, connectionId, all, (object) => input.objects.get(object)?.lookups);
  const changed = all.filter(({ object }) => input.objects.get(object)?.lookups === undefined);
  const deleted = input.pages.flatMap((page) => page.deleted);
  const ids = [...changed, ...deleted].map(({ id }) => id);
  const linked = await lockLinked(tx, connectionId, ids, input.askedAt);
  const sorted = sortRows(input, changed, linked);
  await holdRows(tx, [...sorted.fresh, ...sorted.same]);
  const gone = deleted.flatMap((row) =>
    (linked.get(row.id) ?? []).filter((link) => isNews(row, link)).map((link) => ({ row, link })),
  );
  await markGone(tx, gone);
  const strangers = changed.filter((row) => !linked.has(row.id));
  const copies = await findCopies(tx, connectionId, strangers);
  await reviewCopies(tx, connectionId, copies);
  await reviewRestored(tx, connectionId, strangers);
  const newcomers = await addNewcomers(tx, connectionId, newcomersOf(input, strangers, copies));
  const items = [
    ...sorted.fresh.map(({ row, link }) => itemOf(link, row, !row.modifiedBy.person && link.goneAt === null)),
    ...gone.map(({ row, link }) => itemOf(link, row, false)),
    ...newcomers.map(({ row, ...record }) => itemOf(record, row, false)),
  ];
  await storeItems(tx, input, items);
  const people: MassInput["changed"] = sorted.fresh
    .map(({ row, link, fields }) => ({ recordId: link.recordId, row, fields }))
    .filter(({ fields }) => fields.length > 0);
  const continues = isSweepOpen(input);
  await holdMassChange(tx, {
    ...{ connectionId, limit: input.massLimit, continues, changed: people, newcomers },
    gone: gone.filter(({ link }) => input.marks(link.kind)),
  });
  const cursors = await moveCursors(tx, input, sorted.later);
  await lostDeletions(tx, input);
  const changes = people.length + gone.length + newcomers.length;
  // A poll that found nothing, or only what we wrote ourselves, is no receipt.
  if (changes > 0) await noteReceipt(tx, connectionId, "contacts-out");
  else await openStream(tx, connectionId, "contacts-out");
  const known = new Set([...newcomers, ...copies].map(({ row }) => row));
  const others = strangers.filter((row) => row.createdBy !== input.us && !known.has(row));
  return { rows: changed.length, changes, strangers: others.length, cursors };
}

/** Polls overlap, so a deletion is told several times; one that is later is another. */
function isNews({ deletedAt }: DeletedRow, { goneAt }: LinkedRow): boolean {
  return goneAt === null || Date.parse(deletedAt) > Date.parse(goneAt);
}

export interface SortedRow {
  readonly row: ChangedRow;
  readonly link: LinkedRow & { readonly kind: Touched["kind"] };
  /** What somebody else than the connector changed. */
  readonly fields: readonly FieldDescribe[];
}

function sortRows(
  input: ChangesInput,
  changed: readonly ChangedRow[],
  linked: ReadonlyMap<string, readonly SortedRow["link"][]>,
) {
  const fresh: SortedRow[] = [];
  const same: SortedRow[] = [];
  const later: ChangedRow[] = [];
  for (const row of changed) {
    for (const link of linked.get(row.id) ?? []) {
      const back = input.objects.get(row.object)?.back.get(link.mappingId) ?? [];
      const sorted = { row, link, fields: changedFields(row, link, back, input.us) };
      const what = classify(row, link);
      if (what === "new") fresh.push(sorted);
      else if (what === "same") same.push(sorted);
      else if (what === "later") later.push(row);
    }
  }
  return { fresh, same, later };
}

function itemOf(
  { recordId, kind }: Pick<Item, "recordId" | "kind">,
  row: ChangedRow | DeletedRow,
  quiet: boolean,
): Item {
  return { recordId, kind, row, quiet };
}

/** Of the objects that are still read: the cursor of another one stays where it was left. */
function isSweepOpen({ objects, cursors }: ChangesInput): boolean {
  return [...objects.keys()].some((object) => (cursors.get(object)?.sweepBegan ?? null) !== null);
}

function newcomersOf(
  input: ChangesInput,
  strangers: readonly ChangedRow[],
  copies: readonly { readonly row: ChangedRow }[],
): Newcomer[] {
  const copied = new Set(copies.map(({ row }) => row.id));
  return strangers.flatMap((row): Newcomer[] => {
    // One that we made or wrote last was ours until a person took its Sync ID away: it is in S-360 already.
    const isOurs = row.createdBy === input.us || row.modifiedBy.id === input.us;
    const isNew = row.key === null && !isOurs && !copied.has(row.id);
    const creates = isNew ? input.creates(row) : null;
    return creates ? [{ row, ...creates }] : [];
  });
}

async function storeItems(
  tx: Queryable,
  { connectionId, repairs }: Pick<CleanInput, "connectionId" | "repairs">,
  items: readonly Item[],
): Promise<void> {
  if (items.length === 0) return;
  const stream = "contacts-out" as const;
  const payloadId = randomUUID();
  const arrived = items.map(({ row }, position) => {
    const repair = "key" in row ? repairs.get(row) : undefined;
    // The text of an event is what came, escaped by JSON: that can be stored whatever it holds.
    const item = { raw: JSON.stringify(repair?.original ?? row), note: repair?.note ?? null, fault: null };
    return { item, payloadId, position, receivedAt: null };
  });
  const eventIds = await insertEvents(tx, { connectionId, stream }, arrived);
  const touched = new Map<number, Touched & { readonly positions: number[] }>();
  items.forEach(({ recordId, kind, quiet }, position) => {
    const touch = touched.get(recordId) ?? { id: recordId, kind, positions: [], quiet };
    touch.positions.push(position);
    touched.set(recordId, { ...touch, quiet: quiet && touch.quiet === true });
  });
  const list = [...touched.values()];
  const versions = await bumpDirections(tx, { connectionId, stream, direction: "out" }, list);
  await insertEventRecords(tx, "out", eventIds, list, versions);
}

async function moveCursors(
  tx: Queryable,
  input: ChangesInput,
  later: readonly ChangedRow[],
): Promise<ReadonlyMap<string, Cursor>> {
  const cursors = new Map(input.cursors);
  for (const page of input.pages) {
    const cursor = cursors.get(page.object);
    if (!cursor) continue;
    const stamps = later.filter(({ object }) => object === page.object).map(({ stamp }) => stamp);
    const floor = stamps.sort()[0] ?? null;
    const moved = await moveCursor(tx, input.connectionId, cursor, page, {
      serverTime: input.serverTime,
      floor,
    });
    cursors.set(page.object, moved);
  }
  return cursors;
}

async function lostDeletions(tx: Queryable, { connectionId, pages, cursors }: ChangesInput): Promise<void> {
  for (const { object, deletionsLostBefore } of pages) {
    const since = cursors.get(object)?.deletedSince;
    if (deletionsLostBefore === null || since === undefined) continue;
    await openConsistencyCheck(tx, connectionId, { object, since, until: deletionsLostBefore });
  }
}
