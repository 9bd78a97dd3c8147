import { FaultError } from "@/lib/core/faults";
import type { Side } from "@/lib/core/side";

/** A sale that is not to belong to a contact any more. */
export interface Copied {
  readonly object: string;
  readonly id: string;
  /** All that ties it to the contact. */
  readonly fields: readonly string[];
}

/**
 * Blanks the fields; doing it again does no harm, and a record that is gone needs nothing.
 * @throws FaultError with the first refusal
 */
export async function clearLookups(side: Side, copies: readonly Copied[]): Promise<void> {
  if (copies.length === 0) return;
  const { results } = await side.write(
    copies.map(({ object, id, fields }, index) => ({
      rowId: String(index),
      object,
      id,
      keyField: "",
      key: "",
      fields: Object.fromEntries(fields.map((name) => [name, null])),
      rank: 0,
    })),
  );
  for (const result of results) {
    if (!result.ok && result.fault.code !== "record_deleted") throw new FaultError(result.fault);
  }
}
