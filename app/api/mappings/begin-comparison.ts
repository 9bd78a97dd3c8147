import { keyRing } from "@/lib/connections/cipher";
import { openSalesforce } from "@/lib/connections/open";
import { contactsWithoutCalls, openContacts } from "@/lib/connections/open-s360";
import { syncSettings } from "@/lib/connections/sync-settings";
import { FaultError } from "@/lib/core/faults";
import type { MappingDocument } from "@/lib/core/mapping/document";
import { published } from "@/lib/mappings/published";
import { Problem } from "@/lib/platform/problem";
import { webRuntime } from "@/lib/platform/runtime";
import { runComparison } from "@/lib/comparison/run";
import { beginRun, latestRecords } from "@/lib/comparison/runs";
import { storedDescribes } from "@/lib/comparison/stored-describes";
import type { FoundMapping } from "./find-mapping";

interface ComparisonRequest {
  readonly document: MappingDocument;
  /** How many of the latest records. */
  readonly wanted: number;
  /** Salesforce is asked what it holds. */
  readonly fresh: boolean;
  readonly actor: string;
}

/** Begins to compare a draft with what Salesforce holds, and answers before it is through. */
export async function beginComparison(
  { mapping, connection }: FoundMapping,
  { document, wanted, fresh, actor }: ComparisonRequest,
): Promise<number> {
  const { db, secrets, log } = webRuntime();
  const keys = keyRing(secrets.encryptionKey);
  const ask = fresh ? await openSalesforce(db, connection, keys, log).catch(refused) : null;
  const contacts = await openContacts(db, connection, keys, log).catch((error: unknown) => {
    if (error instanceof FaultError) return contactsWithoutCalls(connection, error);
    throw error;
  });
  const ids = await latestRecords(db, { connectionId: connection.id, kind: mapping.kind }, wanted);
  const side = { describe: storedDescribes(db, connection) };
  const settings = syncSettings(connection);
  const runId = await beginRun(db, {
    ...{ mappingId: mapping.id, connectionId: connection.id, document, wanted, fresh, actor },
    versionId: mapping.published?.id ?? null,
    total: ids.length,
  });
  void runComparison({
    deps: { db, side, contacts, published: await published(db, connection.id), settings, log },
    ...{ runId, connectionId: connection.id, draft: document, ids, ask },
    published: mapping.publishedDocument,
    mapping: {
      mappingId: mapping.id,
      versionId: mapping.published?.id ?? 0,
      name: mapping.name,
      kind: mapping.kind,
    },
  });
  return runId;
}

function refused(error: unknown): never {
  if (error instanceof FaultError) throw new Problem(502, "refused", error.fault.sentence);
  throw error;
}
