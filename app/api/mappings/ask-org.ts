import { keyRing } from "@/lib/connections/cipher";
import type { Connection } from "@/lib/connections/load";
import { openSalesforce } from "@/lib/connections/open";
import { FaultError } from "@/lib/core/faults";
import { resolveName } from "@/lib/core/mapping/published";
import type { Side } from "@/lib/core/side";
import { askAfresh } from "@/lib/mappings/known-target";
import { notFound, Problem } from "@/lib/platform/problem";
import { webRuntime } from "@/lib/platform/runtime";
import type { FoundMapping } from "./find-mapping";

/**
 * Asks the org now for the fields of the mapping's object; afterwards they are known.
 * @throws Problem with Salesforce's own reason
 */
export async function askOrg({ mapping, connection }: FoundMapping): Promise<void> {
  await withOrg(connection, async (side) => {
    const { facts } = await side.describe([]);
    const name = resolveName(mapping.draftDocument.object, facts.prefix);
    const object = { connectionId: connection.id, name };
    const { objects } = await askAfresh(webRuntime().db, object, () => side.describe([name]));
    if (!objects.has(name)) throw noObject(name);
  });
}

export function noObject(name: string): Problem {
  return notFound(`Salesforce has no object ${name}, or hides it from the connector's user.`);
}

/**
 * Something that only the org can answer.
 * @throws Problem with Salesforce's own reason
 */
export async function withOrg<T>(connection: Connection, ask: (side: Side) => Promise<T>): Promise<T> {
  const { db, secrets, log } = webRuntime();
  try {
    return await ask(await openSalesforce(db, connection, keyRing(secrets.encryptionKey), log));
  } catch (error) {
    if (error instanceof FaultError) throw new Problem(502, "refused", error.fault.sentence);
    throw error;
  }
}
