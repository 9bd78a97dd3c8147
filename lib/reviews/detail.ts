/** Everything a person needs to decide a review. */
import { sql } from "drizzle-orm";
import { connectionSettingsSchema, type ConnectionSettings } from "@/lib/core/connection-settings";
import type { ReviewSubject } from "@/lib/core/reviews";
import type { Queryable } from "@/lib/platform/db";
import { gateUse } from "@/lib/platform/gate-use";
import { mention } from "@/lib/records/mentions";
import type { MassCost, ReviewDetail, ReviewRow } from "./contract";
import { readRows } from "./list";
import { failedRecords, massProgress, ownRecords } from "./mass-records";
import { nextNight } from "./night";
import { paceOf } from "./pace";
import { readSides } from "./sides";

/** One reads, one saves (s360.md §1.4). */
const callsPerRecord = 2;

interface HeadRow extends Record<string, unknown> {
  connection_id: string;
  institution: string;
  settings: ConnectionSettings;
  subject: ReviewSubject;
}

/** Null when there is no such review. Values are those of now, and only of what is not closed. */
export async function reviewDetail(db: Queryable, id: number, now: Date): Promise<ReviewDetail | null> {
  const [row] = await readRows(db, sql`where v.id = ${id}`);
  const heads = await db.execute<HeadRow>(sql`
    select v.connection_id, c.institution, c.settings, v.subject
    from review v join connection c on c.id = v.connection_id where v.id = ${id}`);
  const head = heads.rows[0];
  if (!row || !head) return null;
  const settings = connectionSettingsSchema.parse(head.settings);
  const { subject, institution } = head;
  const connectionId = Number(head.connection_id);
  const sides = await readSides(db, row, subject, { connectionId, loginUrl: settings.salesforce.loginUrl });
  const mass =
    row.kind === "mass_change" ? await readMass(db, row, { id: connectionId, settings }, now) : null;
  return { ...row, institution, subject, ...sides, mass };
}

async function readMass(
  db: Queryable,
  { id }: ReviewRow,
  venue: { readonly id: number; readonly settings: ConnectionSettings },
  now: Date,
): Promise<ReviewDetail["mass"]> {
  const progress = await massProgress(db, id);
  const records = await mention(db, ownRecords(id));
  const failed = await mention(db, failedRecords(id));
  const night = await nextNight(db, venue.id, now);
  return { records, progress, failed, night, cost: await costOf(db, venue, progress.waiting, now) };
}

async function costOf(
  db: Queryable,
  { id, settings }: { readonly id: number; readonly settings: ConnectionSettings },
  records: number,
  now: Date,
): Promise<MassCost> {
  const { perMinute, perMonth, month } = await gateUse(db, id, "s360", paceOf(settings), now);
  const calls = records * callsPerRecord;
  const leftThisMonth = perMonth === null ? null : Math.max(0, perMonth - month);
  return { calls, perMinute, minutes: Math.ceil(calls / perMinute), leftThisMonth };
}
