import { asc, eq, sql } from "drizzle-orm";
import { verifyPassword } from "better-auth/crypto";
import { account, user } from "@/drizzle/schema";
import { transact, type Database, type Queryable } from "@/lib/platform/db";
import { insertAdmin } from "./admins";
import { readablePassword } from "./readable-password";

export interface EnsuredAdmin {
  readonly email: string;
  /** Only when the admin was created just now; never stored in the clear. */
  readonly password: string | null;
}

/**
 * Creates the first admin when there is no user yet, with the given password or a random one. Else returns the
 * oldest user's e-mail and changes nothing. Of several processes that ask at once one creates.
 */
export async function ensureFirstAdmin(
  db: Database,
  wanted: { email: string; password?: string },
): Promise<EnsuredAdmin> {
  return transact(db, async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('first-admin'))`);
    const [existing] = await tx
      .select({ email: user.email })
      .from(user)
      .orderBy(asc(user.createdAt))
      .limit(1);
    if (existing) return { email: existing.email, password: null };
    const email = wanted.email.toLowerCase();
    const password = wanted.password ?? readablePassword();
    await insertAdmin(tx, email, password);
    return { email, password };
  });
}

/** Whether this password would sign the person in. */
export async function isPasswordOf(db: Queryable, email: string, password: string): Promise<boolean> {
  const [row] = await db
    .select({ hash: account.password })
    .from(account)
    .innerJoin(user, eq(user.id, account.userId))
    .where(sql`${user.email} = ${email} and ${account.providerId} = 'credential'`);
  return row?.hash ? verifyPassword({ hash: row.hash, password }) : false;
}
