/** Who may sign in: one account for each person, so that what was done tells by whom. All of them may do the same. */
import { randomUUID } from "node:crypto";
import { and, asc, eq, sql } from "drizzle-orm";
import { hashPassword } from "better-auth/crypto";
import { account, session, user } from "@/drizzle/schema";
import { transact, type Database, type Queryable } from "@/lib/platform/db";
import { readablePassword } from "./readable-password";

export interface Admin {
  readonly email: string;
  readonly since: Date;
}

/** The oldest first. */
export async function listAdmins(db: Queryable): Promise<Admin[]> {
  return db.select({ email: user.email, since: user.createdAt }).from(user).orderBy(asc(user.createdAt));
}

/** The new account's password, which is stored only as its hash; null where the e-mail has an account already. */
export async function addAdmin(db: Database, email: string): Promise<string | null> {
  const password = readablePassword();
  return transact(db, async (tx) => ((await insertAdmin(tx, email, password)) ? password : null));
}

/** False where the e-mail has an account already, however it is written. */
export async function insertAdmin(tx: Queryable, email: string, password: string): Promise<boolean> {
  const userId = randomUUID();
  const address = email.toLowerCase();
  const made = await tx
    .insert(user)
    .values({ id: userId, name: address, email: address, emailVerified: true })
    .onConflictDoNothing({ target: user.email })
    .returning({ id: user.id });
  if (made.length === 0) return false;
  await tx.insert(account).values({
    id: randomUUID(),
    accountId: userId,
    providerId: "credential",
    userId,
    password: await hashPassword(password),
  });
  return true;
}

/** A new password; whoever is signed in with the old one has to sign in again. Null where nobody has this e-mail. */
export async function resetPassword(db: Database, email: string): Promise<string | null> {
  const password = readablePassword();
  const hash = await hashPassword(password);
  return transact(db, async (tx) => {
    const [found] = await tx.select({ id: user.id }).from(user).where(eq(user.email, email.toLowerCase()));
    if (!found) return null;
    const itsPassword = and(eq(account.userId, found.id), eq(account.providerId, "credential"));
    await tx
      .update(account)
      .set({ password: hash, updatedAt: sql`now()` })
      .where(itsPassword);
    await tx.delete(session).where(eq(session.userId, found.id));
    return password;
  });
}

/** Signs the person out everywhere at once. What they did stays under their name. The last account stays, too. */
export async function removeAdmin(db: Database, email: string): Promise<"removed" | "unknown" | "last"> {
  return transact(db, async (tx) => {
    // Two who remove each other at the same time wait for one another.
    await tx.execute(sql`lock table ${user} in share row exclusive mode`);
    const admins = await listAdmins(tx);
    const address = email.toLowerCase();
    if (!admins.some((admin) => admin.email === address)) return "unknown";
    if (admins.length === 1) return "last";
    await tx.delete(user).where(eq(user.email, address));
    return "removed";
  });
}
