import { z } from "zod";
import { rowId } from "@/app/api/mappings/find-mapping";
import { notFound } from "@/lib/platform/problem";

export const importParams = z.object({ id: rowId });

/** @throws Problem 404 */
export function found<Value>(value: Value | null): Value {
  if (value === null) throw notFound("This import is no longer there. Reload the page.");
  return value;
}
