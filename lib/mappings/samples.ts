import { and, desc, eq, sql, type SQL } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { record } from "@/drizzle/schema";
import { kindTable } from "@/lib/core/kinds";
import { toMoneyText } from "@/lib/core/mapping/functions/functions";
import { recordKeyOf } from "@/lib/core/record-key";
import type { Kind } from "@/lib/core/words";
import type { Queryable } from "@/lib/platform/db";
import type { Sample, SampleSale } from "./contract";
import { matchingSamples } from "./sample-search";

/** How many are offered at once. */
const offered = 20;

interface Of {
  readonly connectionId: number;
  readonly kind: Kind;
}

const parent = alias(record, "parent");

const columns = {
  recordId: record.id,
  key: record.key,
  label: record.label,
  updatedAt: record.updatedAt,
  order: parent.key,
  buyer: sql<string | null>`${parent.s360State}->>'contactReference'`,
  amount: sql<unknown>`${record.s360State}->'totalAmount'`,
  currency: sql<string | null>`${parent.s360State}->'catalogCurrency'->>'currencyCode'`,
};

/** Real records of a kind that a mapping can be tried on, the latest first; see `matchingSamples` for the search. */
export async function listSamples(db: Queryable, of: Of, search: string): Promise<Sample[]> {
  const words = search.replaceAll("\0", "").replace(/\s+/g, " ").trim().slice(0, 200);
  const rows = await db
    .select(columns)
    .from(record)
    .leftJoin(parent, eq(parent.id, record.parentId))
    .where(and(ofKind(of), words === "" ? undefined : sql`${record.id} in (${matchingSamples(of, words)})`))
    .orderBy(desc(sql`${record.key} = ${recordKeyOf(words)}`), desc(record.updatedAt))
    .limit(offered);
  return rows.map(sampleOf);
}

/** Family comes first: it is what the index of recent records knows. */
function ofKind({ connectionId, kind }: Of): SQL | undefined {
  return and(
    eq(record.connectionId, connectionId),
    eq(record.family, kindTable[kind].family),
    eq(record.kind, kind),
    sql`${record.s360State} is not null`,
  );
}

interface Found extends Sample {
  /** What the mapping runs on: the folded source state, or `{ operation, order }`. */
  readonly source: unknown;
}

/** One record with what a mapping can read of it, or null when it is not of this kind or knows nothing yet. */
export async function getSample(db: Queryable, of: Of, recordId: number): Promise<Found | null> {
  const rows = await db
    .select({ ...columns, state: record.s360State, parentState: parent.s360State })
    .from(record)
    .leftJoin(parent, eq(parent.id, record.parentId))
    .where(and(ofKind(of), eq(record.id, recordId)));
  const row = rows[0];
  if (!row) return null;
  const isSale = kindTable[of.kind].family === "operation";
  const source = isSale ? { operation: row.state, order: row.parentState ?? {} } : row.state;
  return { ...sampleOf(row), source };
}

/** How many records the overview of what there is looks at. */
const lookedAt = 200;

/** Sources of the latest records of a kind. */
export async function latestSources(db: Queryable, of: Of): Promise<unknown[]> {
  const rows = await db
    .select({ state: record.s360State, parentState: parent.s360State })
    .from(record)
    .leftJoin(parent, eq(parent.id, record.parentId))
    .where(ofKind(of))
    .orderBy(desc(record.updatedAt))
    .limit(lookedAt);
  const isSale = kindTable[of.kind].family === "operation";
  return rows.map(({ state, parentState }) =>
    isSale ? { operation: state, order: parentState ?? {} } : state,
  );
}

interface SampleRow {
  readonly recordId: number;
  readonly key: string;
  readonly label: string | null;
  readonly updatedAt: Date;
  readonly order: string | null;
  readonly buyer: string | null;
  readonly amount: unknown;
  readonly currency: string | null;
}

function sampleOf({ recordId, key, label, updatedAt, order, ...sold }: SampleRow): Sample {
  const sale = order === null ? null : saleOf({ order, ...sold });
  return { recordId, key, label, updatedAt: updatedAt.toISOString(), sale };
}

/** S-360 sends thousandths; what is no whole number of them is not shown. */
function saleOf({
  order,
  buyer,
  amount,
  currency,
}: Pick<SampleRow, "buyer" | "amount" | "currency"> & { readonly order: string }): SampleSale {
  const said = Number.isSafeInteger(amount) ? toMoneyText(Number(amount)) : null;
  return { order, buyer, amount: said === null ? null : [said, currency].filter(Boolean).join(" ") };
}
