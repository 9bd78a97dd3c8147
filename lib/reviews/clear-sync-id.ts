import { recordKeyOf } from "@/lib/core/record-key";
import { FaultError } from "@/lib/core/faults";
import type { Side, WriteRow } from "@/lib/core/side";

/** A Salesforce record that is to carry our Sync ID no longer. */
export interface Carrier {
  readonly object: string;
  readonly salesforceId: string;
  readonly keyField: string;
  /** The Sync ID: another one in its place is left alone. */
  readonly key: string;
}

/**
 * Blanks the Sync ID on those that still carry it; a record that is gone has given it up already.
 * @throws FaultError with the first refusal
 */
export async function clearSyncIds(side: Side, carriers: readonly Carrier[]): Promise<void> {
  const carrying: Carrier[] = [];
  for (const carrier of carriers) {
    const { object, salesforceId, keyField, key } = carrier;
    const [row] = await side.read([{ object, ids: [salesforceId], fields: [keyField] }]);
    const held = row?.fields[keyField] ?? null;
    if (held !== null && recordKeyOf(String(held)) === recordKeyOf(key)) carrying.push(carrier);
  }
  if (carrying.length === 0) return;
  const { results } = await side.write(carrying.map(toRow));
  for (const result of results) {
    if (!result.ok && result.fault.code !== "record_deleted") throw new FaultError(result.fault);
  }
}

function toRow({ object, salesforceId, keyField, key }: Carrier, index: number): WriteRow {
  const fields = { [keyField]: null };
  return { rowId: String(index), object, id: salesforceId, keyField, key, fields, rank: 0 };
}
