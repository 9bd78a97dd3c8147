import type { FilterCount } from "@/lib/mappings/contract";
import { count, counted } from "../../ui/numbers";

/** "12 of the latest 200 take part"; null while there are no records. */
export function wordsOfPart({ records, taking, failing }: FilterCount): string | null {
  if (records === 0) return null;
  const untold = failing === 0 ? "" : `; it cannot be told of ${counted(failing, "record")}`;
  return `${count(taking)} of the latest ${count(records)} ${taking === 1 ? "takes" : "take"} part${untold}`;
}

/** Whether somebody should look at the filter before it runs. */
export function isDoubtful({ records, taking, failing }: FilterCount): boolean {
  return records > 0 && (taking === 0 || failing > 0);
}
