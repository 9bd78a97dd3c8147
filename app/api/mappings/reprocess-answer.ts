import { reprocessStatus } from "@/lib/mappings/reprocess";
import { notFound, Problem } from "@/lib/platform/problem";
import { webRuntime } from "@/lib/platform/runtime";

/** How counting and re-processing stand. @throws Problem 404 when the mapping is gone */
export async function statusOfReprocess(mappingId: number) {
  const found = await reprocessStatus(webRuntime().db, mappingId);
  if (!found) throw notFound("This mapping is no longer there. Reload the list of mappings.");
  return found;
}

/**
 * How they stand after something was asked for; also where what was to be changed is over, for how it ended says all.
 * @throws Problem 409 when somebody was faster
 */
export async function reprocessAnswer(
  mappingId: number,
  { outcome }: { outcome: "done" | "over" | "moved-on" },
) {
  if (outcome !== "moved-on") return statusOfReprocess(mappingId);
  const detail =
    "Somebody else published, began or ended this in between. What is shown now is how it stands.";
  throw new Problem(409, "conflict", detail);
}
