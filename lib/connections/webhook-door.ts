import { eq } from "drizzle-orm";
import { connection } from "@/drizzle/schema";
import { connectionSettingsSchema, type WebhookAuth } from "@/lib/core/connection-settings";
import type { Queryable } from "@/lib/platform/db";
import type { KeyRing } from "./cipher";
import { readCredential } from "./credentials";

/** What a webhook call needs to know before its body is read. */
export interface WebhookDoor {
  readonly connectionId: number;
  readonly auth: WebhookAuth;
  readonly secret: string | null;
  /** How often S-360 tries again. */
  readonly scheduleMinutes: number;
}

/** The door of an institution's webhook, or null when no connection has that code (codes count without case). */
export async function findWebhookDoor(
  db: Queryable,
  keys: KeyRing,
  institution: string,
  webhook: "contacts" | "orders",
): Promise<WebhookDoor | null> {
  const [row] = await db
    .select({ id: connection.id, settings: connection.settings })
    .from(connection)
    .where(eq(connection.institution, institution.toLowerCase()));
  if (!row) return null;
  const settings = connectionSettingsSchema.parse(row.settings);
  const auth = settings.webhooks[webhook];
  const secret =
    auth.kind === "none" ? null : await readCredential(db, keys, row.id, `webhooks.${webhook}.secret`);
  return { connectionId: row.id, auth, secret, scheduleMinutes: settings.s360.scheduleMinutes };
}
