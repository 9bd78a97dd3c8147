/** The Salesforce side: one org behind the contract the engine knows. */
import type { LoadingSide } from "@/lib/core/bulk";
import { createBulkLoads } from "./bulk/loads";
import { createClient } from "./client";
import type { SalesforceConfig } from "./config";
import { createSchemaReader } from "./describe";
import { readChanges } from "./feed";
import { findByKeys } from "./find";
import { findGone } from "./gone";
import { listObjects } from "./objects";
import { createPeople } from "./people";
import { readRows } from "./read";
import { memoryCache } from "./schema-cache";
import { createWorkingSize } from "./working-size";
import { writeRows } from "./write";

const DESCRIBE_AGE_MS = 10 * 60_000;

/**
 * One side per org and process: the session and the sizes the org copes with live in it. Opening costs no call; the
 * first use signs in. Every method throws FaultError as the contract says (core/side.ts).
 */
export function openSalesforceSide(config: SalesforceConfig): LoadingSide {
  const now = config.now ?? Date.now;
  const cache = config.cache ?? memoryCache(DESCRIBE_AGE_MS, now);
  const client = createClient(config);
  const readSchema = createSchemaReader(client, cache, now);
  const size = createWorkingSize();
  const people = createPeople();
  const passAlerts = config.duplicateAlerts === "pass";
  const inTurn = oneAtATime();
  return {
    writableObjects: () => listObjects(client),
    describe: (objects) => readSchema(objects),
    find: (requests) => findByKeys(client, readSchema, requests),
    write: (rows, stillOurs) =>
      inTurn(() => writeRows({ client, readSchema, cache, size, passAlerts, stillOurs }, rows)),
    read: (requests) => readRows(client, readSchema, people, requests),
    userId: () => client.userId(),
    changes: async (requests) => {
      const answer = await readChanges(client, readSchema, requests);
      people.note(answer.pages);
      return answer;
    },
    gone: (object, ids) => findGone(client, readSchema, object, ids),
    bulk: createBulkLoads(client, readSchema),
  };
}

/** Writes that are under way together would lock each other's parents in the org. */
function oneAtATime() {
  let before: Promise<unknown> = Promise.resolve();
  return <T>(work: () => Promise<T>): Promise<T> => {
    const mine = before.then(work);
    before = mine.catch(() => undefined);
    return mine;
  };
}
