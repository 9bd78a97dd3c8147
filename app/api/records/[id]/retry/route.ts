import { notFound, Problem } from "@/lib/platform/problem";
import { webRuntime } from "@/lib/platform/runtime";
import { retryRecord } from "@/lib/records/retry";
import { route } from "../../../route-handler";
import { idShape } from "../../filter";

/** Makes a record, or the operations of an order, due now. */
export const POST = route({ params: idShape }, async ({ params: { id }, session }) => {
  const result = await retryRecord(webRuntime().db, id, session.email);
  if (!result) throw notFound("There is no such record (any more).");
  if (result.outcome === "nothing-to-try") throw new Problem(409, "conflict", result.sentence);
  return { records: result.records, running: result.running };
});
