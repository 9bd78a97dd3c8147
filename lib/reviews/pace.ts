/** How many calls a minute S-360 takes from us: as set up, or as SecuTix has granted for a while. */
import { eq, sql } from "drizzle-orm";
import { auditLog, connection } from "@/drizzle/schema";
import { connectionSettingsSchema, type ConnectionSettings } from "@/lib/core/connection-settings";
import { transact, type Database, type Queryable } from "@/lib/platform/db";
import type { Pace } from "@/lib/platform/gate-pace";
import { gateUse, setBoost, type Boost } from "@/lib/platform/gate-use";
import type { S360Pace } from "./contract";

export function paceOf({ s360 }: ConnectionSettings): Pace {
  return { perMinute: s360.callsPerMinute, perMonth: s360.callsPerMonth, strict: true };
}

interface Venue {
  readonly id: number;
  readonly settings: ConnectionSettings;
}

export async function readPace(db: Queryable, { id, settings }: Venue, now: Date): Promise<S360Pace> {
  const { boost } = await gateUse(db, id, "s360", paceOf(settings), now);
  return {
    usual: settings.s360.callsPerMinute,
    boost: boost && { perMinute: boost.perMinute, until: boost.until.toISOString() },
  };
}

export type GrantResult =
  | { readonly outcome: "changed" }
  | { readonly outcome: "missing" }
  | { readonly outcome: "refused"; readonly sentence: string };

/** A higher rate until a moment, or null: the usual one again at once. */
export async function grantPace(
  db: Database,
  input: {
    readonly institution: string;
    readonly boost: Boost | null;
    readonly actor: string;
    readonly now: Date;
  },
): Promise<GrantResult> {
  const { institution, boost, actor, now } = input;
  return transact(db, async (tx): Promise<GrantResult> => {
    const [found] = await tx.select().from(connection).where(eq(connection.institution, institution));
    if (!found) return { outcome: "missing" };
    const usual = connectionSettingsSchema.parse(found.settings).s360.callsPerMinute;
    const sentence = boost && whyNot(boost, usual, now);
    if (sentence) return { outcome: "refused", sentence };
    await setBoost(tx, found.id, "s360", boost);
    const subject = boost ? `${boost.perMinute} a minute until ${boost.until.toISOString()}` : "as set up";
    await tx
      .insert(auditLog)
      .values({ connectionId: found.id, actor, action: "S-360 call rate changed", subject });
    await tx.execute(sql`select pg_notify('work', ${String(found.id)})`);
    return { outcome: "changed" };
  });
}

function whyNot({ perMinute, until }: Boost, usual: number, now: Date): string | null {
  if (until <= now) return "The last day must not be over yet.";
  if (perMinute <= usual) {
    return `The usual rate is ${usual} calls a minute; a temporary one must be higher. For good, it is changed in the connection's file.`;
  }
  return null;
}
