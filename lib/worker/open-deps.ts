import type { KeyRing } from "@/lib/connections/cipher";
import { loadConnectionById, type Connection } from "@/lib/connections/load";
import { openSalesforce } from "@/lib/connections/open";
import { contactsWithoutCalls, openContacts, openContactsToRead } from "@/lib/connections/open-s360";
import { syncSettings } from "@/lib/connections/sync-settings";
import { published } from "@/lib/mappings/published";
import type { ContactSide, S360Reader } from "@/lib/core/contact-side";
import { FaultError } from "@/lib/core/faults";
import type { Direction } from "@/lib/core/words";
import type { Database } from "@/lib/platform/db";
import type { Logger } from "@/lib/platform/log";
import { portray } from "@/lib/s360/portrait";
import type { SyncDeps } from "@/lib/sync/work";

/** What a batch of a connection needs, as its settings and published mappings stand now. */
export type OpenDeps = (connectionId: number, direction: Direction) => Promise<SyncDeps>;

/** Asked before each batch: a published mapping counts from the next batch on. Throws FaultError when set-up is missing. */
export function depsOpener(db: Database, keys: KeyRing, log: Logger): OpenDeps {
  return async (connectionId, direction) => {
    const connection = await loadConnectionById(db, connectionId);
    if (!connection) throw new Error(`connection ${connectionId} is gone`);
    const contacts = await openContacts(db, connection, keys, log).catch(heldBack(direction, connection));
    return {
      db,
      side: await openSalesforce(db, connection, keys, log),
      published: await published(db, connectionId),
      contacts,
      portray,
      settings: syncSettings(connection),
      log,
      random: Math.random,
    };
  };
}

/** How S-360 may be asked for contacts and orders; null where nothing to sign in with is known. Throws FaultError. */
export type OpenReader = (connectionId: number) => Promise<S360Reader | null>;

export function readerOpener(db: Database, keys: KeyRing, log: Logger): OpenReader {
  return async (connectionId) => {
    const connection = await loadConnectionById(db, connectionId);
    return connection && openContactsToRead(db, connection, keys, log);
  };
}

/** A way back that is set up by half must not stop what comes from S-360, nor make it overwrite what people edited. */
function heldBack(direction: Direction, connection: Connection): (error: unknown) => ContactSide {
  return (error) => {
    if (direction === "in" && error instanceof FaultError) return contactsWithoutCalls(connection, error);
    throw error;
  };
}
