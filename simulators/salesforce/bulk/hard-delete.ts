import type { SObject } from "../model/schema";
import type { Org } from "../org/org";
import { deleteRow } from "../write/delete";
import { purgeRow } from "../write/purge";
import type { SaveResult } from "../write/save-result";
import type { Writer } from "../write/writer";

/** Deletes a record with all that a cascade takes along, past the recycle bin. */
export function hardDeleteRow(org: Org, writer: Writer, object: SObject, id: string): SaveResult {
  const result = deleteRow(org, writer, object, id);
  return result.success ? purgeRow(org, writer, object, id) : result;
}
