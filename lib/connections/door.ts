/** What a webhook has to know of its connection, kept for a moment: S-360 waits for each question that is asked before its 200. */
import type { Database } from "@/lib/platform/db";
import { ofProcess } from "@/lib/platform/of-process";
import type { KeyRing } from "./cipher";
import { readCredential } from "./credentials";
import { loadConnection } from "./load";
import { verifyKeyInAddress, verifyWebhook } from "./webhook-auth";

/** What is taken back counts after this time at most; what is newly given at once. */
const knownForMs = 2_000;
/** Older than this it is asked for anew, a moment after the call at hand, which goes through with what is known. */
const freshForMs = 1_000;
const momentMs = 25;

export type WebhookName = "contacts" | "orders";

interface Place {
  readonly connectionId: number;
  readonly scheduleMinutes: number;
}

export interface Knock extends Place {
  /** Whether the call may come in. */
  readonly isOpen: boolean;
}

/** The secret does not leave this room. */
interface Door extends Place {
  opens(shown: Shown): boolean;
}

/** What a call shows to be let in. */
export interface Shown {
  readonly headers: Headers;
  /** The secret as the address gives it, where that counts: in calls that name a number only. */
  readonly keyInAddress: string | null;
}

interface Known {
  readonly door: Promise<Door | null>;
  readonly askedAt: number;
  isAskedAnew: boolean;
}

/** By database, then by webhook and institution: only those that are there stay. */
const kept = ofProcess("doors", () => new WeakMap<Database, Map<string, Known>>());

/**
 * The connection that a call to a webhook belongs to, whether what it shows opens it; null when there is none. Nobody is
 * refused by what was known before.
 * @throws CredentialError when the stored secret cannot be read
 */
export async function knock(
  { db, keys }: { readonly db: Database; readonly keys: KeyRing },
  institution: string,
  webhook: WebhookName,
  shown: Shown,
): Promise<Knock | null> {
  const doors = kept.get(db) ?? new Map<string, Known>();
  kept.set(db, doors);
  const name = nameOf(institution, webhook);
  const ask = (): Promise<Door | null> => {
    const asked = { door: readDoor(db, keys, institution, webhook), askedAt: Date.now(), isAskedAnew: false };
    doors.set(name, asked);
    const forget = () => doors.get(name) === asked && doors.delete(name);
    asked.door.then((door) => door ?? forget(), forget);
    return asked.door;
  };
  const known = doors.get(name);
  const ageMs = known ? Date.now() - known.askedAt : Infinity;
  if (known && ageMs <= knownForMs) {
    if (ageMs > freshForMs && !known.isAskedAnew) {
      known.isAskedAnew = true;
      setTimeout(() => void ask(), momentMs).unref();
    }
    const door = await known.door;
    if (door?.opens(shown)) return { ...door, isOpen: true };
  }
  const door = await ask();
  return door && { ...door, isOpen: door.opens(shown) };
}

/** For whoever learnt that what was known is so no longer: the next knock asks. */
export function forgetDoor(db: Database, institution: string, webhook: WebhookName): void {
  kept.get(db)?.delete(nameOf(institution, webhook));
}

function nameOf(institution: string, webhook: WebhookName): string {
  return `${webhook} ${institution}`;
}

async function readDoor(
  db: Database,
  keys: KeyRing,
  institution: string,
  webhook: WebhookName,
): Promise<Door | null> {
  const connection = await loadConnection(db, institution);
  if (!connection) return null;
  const { id: connectionId, settings } = connection;
  const auth = settings.webhooks[webhook];
  const secret =
    auth.kind === "none" ? null : await readCredential(db, keys, connectionId, `webhooks.${webhook}.secret`);
  return {
    connectionId,
    scheduleMinutes: settings.s360.scheduleMinutes,
    opens: ({ headers, keyInAddress }) =>
      verifyWebhook(auth, secret, headers) || verifyKeyInAddress(auth, secret, keyInAddress),
  };
}
