/** What is known of a gate beside its places: how much went through, a pace granted for a while, the other clock. */
import { and, eq, sql } from "drizzle-orm";
import { apiUsage, gate } from "@/drizzle/schema";
import type { Queryable } from "./db";
import { monthForecast, type Pace } from "./gate-pace";

/** What the column holds; a clock that is further off is off all the same. */
const farthestSkewMs = 2_000_000_000;

type GatedSystem = (typeof gate.$inferSelect)["system"];

export interface Boost {
  readonly perMinute: number;
  readonly until: Date;
}

export interface GateUse {
  /** Calls of this day and month, UTC. */
  readonly today: number;
  readonly month: number;
  /** Null: no limit. */
  readonly perMonth: number | null;
  /** Calls of the whole month if it goes on as it began. */
  readonly forecast: number;
  /** The pace in force. */
  readonly perMinute: number;
  readonly boost: Boost | null;
  /** How far the other system's clock is ahead of ours; null before it was seen. */
  readonly clockSkewMs: number | null;
}

/** How much of what is allowed has been used at this moment. */
export async function gateUse(
  db: Queryable,
  connectionId: number,
  system: GatedSystem,
  pace: Pace,
  now: Date,
): Promise<GateUse> {
  const day = now.toISOString().slice(0, 10);
  const [used] = await db
    .select({
      month: sql<number>`coalesce(sum(${apiUsage.calls}), 0)::int`,
      today: sql<number>`coalesce(sum(${apiUsage.calls}) filter (where ${apiUsage.day} = ${day}), 0)::int`,
    })
    .from(apiUsage)
    .where(
      and(
        eq(apiUsage.connectionId, connectionId),
        eq(apiUsage.system, system),
        sql`${apiUsage.day} between ${`${day.slice(0, 7)}-01`} and ${day}`,
      ),
    );
  const row = await findGate(db, connectionId, system);
  const { boostPerMinute, boostUntil } = row ?? {};
  const boost =
    boostPerMinute && boostUntil && boostUntil > now
      ? { perMinute: boostPerMinute, until: boostUntil }
      : null;
  const { month, today } = used ?? { month: 0, today: 0 };
  return {
    today,
    month,
    perMonth: pace.perMonth || null,
    forecast: monthForecast(month, now),
    perMinute: boost?.perMinute ?? pace.perMinute,
    boost,
    clockSkewMs: row?.clockSkewMs ?? null,
  };
}

/** Another pace until a moment, as the other system's people have granted it; null: back to the usual one at once. */
export async function setBoost(
  db: Queryable,
  connectionId: number,
  system: GatedSystem,
  boost: Boost | null,
): Promise<void> {
  const set = { boostPerMinute: boost?.perMinute ?? null, boostUntil: boost?.until ?? null };
  await storeGate(db, connectionId, system, set);
}

/** How far the other system's clock is ahead of ours; null before it was seen. */
export async function readClockSkew(
  db: Queryable,
  connectionId: number,
  system: GatedSystem,
): Promise<number | null> {
  return (await findGate(db, connectionId, system))?.clockSkewMs ?? null;
}

export async function storeClockSkew(
  db: Queryable,
  connectionId: number,
  system: GatedSystem,
  skewMs: number,
): Promise<void> {
  const clockSkewMs = Math.round(Math.max(-farthestSkewMs, Math.min(farthestSkewMs, skewMs)));
  await storeGate(db, connectionId, system, { clockSkewMs });
}

async function findGate(db: Queryable, connectionId: number, system: GatedSystem) {
  const rows = await db
    .select()
    .from(gate)
    .where(and(eq(gate.connectionId, connectionId), eq(gate.system, system)));
  return rows[0] ?? null;
}

async function storeGate(
  db: Queryable,
  connectionId: number,
  system: GatedSystem,
  set: Partial<typeof gate.$inferInsert>,
): Promise<void> {
  await db
    .insert(gate)
    .values({ connectionId, system, nextAt: sql`now()`, ...set })
    .onConflictDoUpdate({ target: [gate.connectionId, gate.system], set });
}
