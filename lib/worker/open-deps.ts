import type { KeyRing } from "@/lib/connections/cipher";
import { loadConnectionById } from "@/lib/connections/load";
import { openSalesforce } from "@/lib/connections/open";
import { published } from "@/lib/mappings/published";
import type { Database } from "@/lib/platform/db";
import type { Logger } from "@/lib/platform/log";
import { selectedSections } from "@/lib/s360/sections";
import type { SyncDeps } from "@/lib/sync/work";

/** What a batch of a connection needs, as its settings and published mappings stand now. */
export type OpenDeps = (connectionId: number) => Promise<SyncDeps>;

/** Asked before each batch: a published mapping counts from the next batch on. Throws FaultError when set-up is missing. */
export function depsOpener(db: Database, keys: KeyRing, log: Logger): OpenDeps {
  return async (connectionId) => {
    const connection = await loadConnectionById(db, connectionId);
    if (!connection) throw new Error(`connection ${connectionId} is gone`);
    const { settings, timeZone } = connection;
    return {
      db,
      side: await openSalesforce(db, connection, keys, log),
      published: await published(db, connectionId),
      settings: {
        timeZone,
        selected: selectedSections(settings.s360.sections),
        recordTypes: settings.recordTypes,
      },
      log,
      random: Math.random,
    };
  };
}
