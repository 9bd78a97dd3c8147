/** Salesforce as the engine meets it in a comparison: it answers from what is known, and takes every write without making it. */
import { randomUUID } from "node:crypto";
import type { FindAnswer, FoundRow, ReadRow, Side } from "@/lib/core/side";
import type { ClaimedRecord } from "@/lib/sync/records";

/** What is known of the org's records of one object. */
export interface Knowledge {
  /** By Salesforce id. */
  readonly rows: ReadonlyMap<string, ReadRow>;
  /** By external id, without case: records that the org has and nobody linked. */
  readonly found: ReadonlyMap<string, FoundRow>;
  /** Records that are only alike by the matching rules to some that nobody linked; none where they were not asked for. */
  readonly alike: readonly FoundRow[];
  /** Those of them of which Salesforce could not say what is alike. */
  readonly unsure: FindAnswer["unsure"];
  /** The id of the connector's own user. */
  readonly us: string;
}

const connectorItself = "the connector";

/** What the change feed last told of the records, as rows that the org might answer with. */
export function knowledgeOf(records: readonly ClaimedRecord[], mappingId: number): Knowledge {
  const links = records.flatMap((record) => record.links.filter((link) => link.mappingId === mappingId));
  const rows = links.flatMap(({ held, object, salesforceId: id }): [string, ReadRow][] => {
    if (!held) return [];
    // What is assumed is what we sent ourselves.
    const modifiedBy = held.assumed ? connectorItself : held.modifiedBy.id;
    const { fields, stamp } = held;
    const { person } = held.modifiedBy;
    return [[id, { object, id, fields, modifiedBy, person, stamp }]];
  });
  return { rows: new Map(rows), found: new Map(), alike: [], unsure: [], us: connectorItself };
}

/** `describe` stays the org's own answer, or the stored one. */
export function quietSide(describe: Side["describe"], { rows, found, alike, unsure, us }: Knowledge): Side {
  const none = () => Promise.reject(new Error("a comparison does not ask this"));
  return {
    describe,
    userId: () => Promise.resolve(us),
    read: (requests) =>
      Promise.resolve(requests.flatMap(({ ids }) => ids.flatMap((id) => rows.get(id) ?? []))),
    find: (requests) =>
      Promise.resolve({
        rows: requests.flatMap(({ object, keys, ...asked }) => [
          ...keys.flatMap((key) => found.get(key.toLowerCase()) ?? []),
          ...(asked.alike ? alike.filter((row) => row.object === object) : []),
        ]),
        unsure: unsure.filter(({ object, key }) =>
          requests.some((asked) => asked.alike && asked.object === object && asked.keys.includes(key)),
        ),
      }),
    write: (writes) =>
      Promise.resolve({
        results: writes.map(({ rowId, id }) => ({
          rowId,
          ok: true as const,
          id: id ?? "",
          created: id === null,
        })),
        calls: [{ callId: randomUUID(), rowIds: writes.map(({ rowId }) => rowId) }],
      }),
    writableObjects: none,
    changes: none,
    gone: none,
  };
}
