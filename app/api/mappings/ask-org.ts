import { keyRing } from "@/lib/connections/cipher";
import { openSalesforce } from "@/lib/connections/open";
import { FaultError } from "@/lib/core/faults";
import { resolveName } from "@/lib/core/mapping/published";
import { askAfresh } from "@/lib/mappings/known-target";
import { notFound, Problem } from "@/lib/platform/problem";
import { webRuntime } from "@/lib/platform/runtime";
import type { FoundMapping } from "./find-mapping";

/**
 * Asks the org now for the fields of the mapping's object; afterwards they are known.
 * @throws Problem with Salesforce's own reason
 */
export async function askOrg({ mapping, connection }: FoundMapping): Promise<void> {
  const { db, secrets, log } = webRuntime();
  try {
    const side = await openSalesforce(db, connection, keyRing(secrets.encryptionKey), log);
    const { facts } = await side.describe([]);
    const name = resolveName(mapping.draftDocument.object, facts.prefix);
    const object = { connectionId: connection.id, name };
    const { objects } = await askAfresh(db, object, () => side.describe([name]));
    if (objects.has(name)) return;
    throw notFound(`Salesforce has no object ${name}, or hides it from the connector's user.`);
  } catch (error) {
    if (error instanceof FaultError) throw new Problem(502, "refused", error.fault.sentence);
    throw error;
  }
}
