/**
 * The secrets of a connection. Written from outside, read only in this room (design §2.10): others learn which names are
 * set and which environment variable they came from, never a value.
 */
import { and, asc, eq } from "drizzle-orm";
import { credential } from "@/drizzle/schema";
import type { Queryable } from "@/lib/platform/db";
import { seal, unseal, UnreadableSecretError, type KeyRing, type Place } from "./cipher";

/** The last four are no secrets, but may be given as `env:NAME` too: one file for several environments. */
export const credentialNames = [
  "webhooks.contacts.secret",
  "webhooks.orders.secret",
  "s360.secret",
  "salesforce.clientSecret",
  "salesforce.privateKey",
  "s360.operator",
  "s360.partner",
  "salesforce.clientId",
  "salesforce.username",
] as const;
export type CredentialName = (typeof credentialNames)[number];

export interface CredentialReference {
  readonly name: CredentialName;
  /** `env:NAME`; null when the value was typed in. */
  readonly reference: string | null;
}

/** A stored credential cannot be read. The message says what to do and shows nothing of it. */
export class CredentialError extends Error {
  override readonly name = "CredentialError";
}

/** Stores a value, encrypted with the current key. Tells what that changed; storing the same again changes nothing. */
export async function putCredential(
  db: Queryable,
  keys: KeyRing,
  connectionId: number,
  name: CredentialName,
  given: { readonly value: string; readonly reference: string | null },
): Promise<"new" | "replaced" | "unchanged"> {
  const stored = await findRow(db, connectionId, name);
  if (stored && stored.reference === given.reference && opensTo(keys, connectionId, stored, given.value)) {
    return "unchanged";
  }
  const cipherText = seal(keys, placeOf(connectionId, name), given.value);
  const row = { cipherText, reference: given.reference, updatedAt: new Date() };
  await db
    .insert(credential)
    .values({ connectionId, name, ...row })
    .onConflictDoUpdate({ target: [credential.connectionId, credential.name], set: row });
  return stored ? "replaced" : "new";
}

export async function removeCredential(
  db: Queryable,
  connectionId: number,
  name: CredentialName,
): Promise<void> {
  await db
    .delete(credential)
    .where(and(eq(credential.connectionId, connectionId), eq(credential.name, name)));
}

/**
 * The value, or null when none is stored. For this room only.
 * @throws CredentialError when it cannot be decrypted
 */
export async function readCredential(
  db: Queryable,
  keys: KeyRing,
  connectionId: number,
  name: CredentialName,
): Promise<string | null> {
  const row = await findRow(db, connectionId, name);
  if (!row) return null;
  try {
    return unseal(keys, placeOf(connectionId, name), row.cipherText);
  } catch (cause) {
    if (!(cause instanceof UnreadableSecretError)) throw cause;
    throw new CredentialError(
      `The stored ${name} cannot be read: ${cause.message}. Put back the encryption key it was stored with, or apply the connection's file again.`,
      { cause },
    );
  }
}

/** Which credentials are stored and where they came from. */
export async function credentialReferences(
  db: Queryable,
  connectionId: number,
): Promise<CredentialReference[]> {
  const rows = await db
    .select({ name: credential.name, reference: credential.reference })
    .from(credential)
    .where(eq(credential.connectionId, connectionId))
    .orderBy(asc(credential.name));
  return rows.flatMap((row) => (isCredentialName(row.name) ? [{ ...row, name: row.name }] : []));
}

interface CredentialRow {
  readonly name: string;
  readonly cipherText: string;
  readonly reference: string | null;
}

async function findRow(
  db: Queryable,
  connectionId: number,
  name: CredentialName,
): Promise<CredentialRow | undefined> {
  const rows = await db
    .select()
    .from(credential)
    .where(and(eq(credential.connectionId, connectionId), eq(credential.name, name)));
  return rows[0];
}

function opensTo(keys: KeyRing, connectionId: number, row: CredentialRow, value: string): boolean {
  if (row.cipherText.split(":")[1] !== keys.current.id) return false;
  try {
    return unseal(keys, placeOf(connectionId, row.name), row.cipherText) === value;
  } catch (error) {
    if (error instanceof UnreadableSecretError) return false;
    throw error;
  }
}

function placeOf(connectionId: number, name: string): Place {
  return ["credential", "cipher_text", connectionId, name];
}

function isCredentialName(name: string): name is CredentialName {
  return credentialNames.some((known) => known === name);
}
