/** Others have taken some of a call's rows over while it waited to be sent: sent, an older value could overwrite a newer one. */
import type { StillOurs } from "@/lib/core/side";

export class RowsLost extends Error {
  override readonly name = "RowsLost";

  constructor(readonly rowIds: ReadonlySet<string>) {
    super(`${rowIds.size} rows are in other hands`);
  }
}

/** @throws RowsLost */
export async function throwIfLost(stillOurs: StillOurs, rowIds: readonly string[]): Promise<void> {
  const ours = await stillOurs(rowIds);
  const lost = rowIds.filter((rowId) => !ours.has(rowId));
  if (lost.length > 0) throw new RowsLost(new Set(lost));
}
