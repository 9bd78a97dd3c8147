import type { KeyRing } from "@/lib/connections/cipher";
import { loadConnectionById, type Connection } from "@/lib/connections/load";
import { openSalesforce } from "@/lib/connections/open";
import { contactsWithoutCalls, openContacts } from "@/lib/connections/open-s360";
import { published } from "@/lib/mappings/published";
import type { ContactSide } from "@/lib/core/contact-side";
import { FaultError } from "@/lib/core/faults";
import type { Direction } from "@/lib/core/words";
import type { Database } from "@/lib/platform/db";
import type { Logger } from "@/lib/platform/log";
import { portray } from "@/lib/s360/portrait";
import { selectedSections } from "@/lib/s360/sections";
import type { SyncDeps } from "@/lib/sync/work";

/** What a batch of a connection needs, as its settings and published mappings stand now. */
export type OpenDeps = (connectionId: number, direction: Direction) => Promise<SyncDeps>;

/** Asked before each batch: a published mapping counts from the next batch on. Throws FaultError when set-up is missing. */
export function depsOpener(db: Database, keys: KeyRing, log: Logger): OpenDeps {
  return async (connectionId, direction) => {
    const connection = await loadConnectionById(db, connectionId);
    if (!connection) throw new Error(`connection ${connectionId} is gone`);
    const { settings, timeZone } = connection;
    const contacts = await openContacts(db, connection, keys, log).catch(heldBack(direction, connection));
    return {
      db,
      side: await openSalesforce(db, connection, keys, log),
      published: await published(db, connectionId),
      contacts,
      portray,
      settings: {
        timeZone,
        selected: selectedSections(settings.s360.sections),
        recordTypes: settings.recordTypes,
        conflictOwner: settings.conflictOwner,
        rules: settings.rules,
        markCriterion: settings.contactsOut.markCriterion,
        staleMs: payloadTries * settings.s360.scheduleMinutes * 60_000,
      },
      log,
      random: Math.random,
    };
  };
}

/** S-360 tries a payload this often, once in each run of its schedule (s360.md §1.2). */
const payloadTries = 12;

/** A way back that is set up by half must not stop what comes from S-360, nor make it overwrite what people edited. */
function heldBack(direction: Direction, connection: Connection): (error: unknown) => ContactSide {
  return (error) => {
    if (direction === "in" && error instanceof FaultError) return contactsWithoutCalls(connection, error);
    throw error;
  };
}
