/**
 * Rows of collections that a duplicate rule refused, sent once more one by one: only so does the org say what it takes
 * them for (salesforce.md §3.5). 25 of them are one API call.
 */
import { z } from "zod";
import type { DuplicateFinding } from "@/lib/core/duplicates";
import type { Subanswer, Subrequest } from "./client";
import { duplicateHeaders, duplicateMeaning, findingIn } from "./duplicates";
import type { RowFault } from "./faults";
import { orgErrors } from "./wire";
import type { PlannedRow } from "./write-groups";

/** Subrequests of one Composite call (salesforce.md §3.6). */
export const SINGLES_PER_CALL = 25;
/** A mass of duplicates is not worth a call for every 25 of them: the rest are told without names. */
export const MOST_SINGLES = 50;

/** A row that a duplicate rule refused, with what is known of it so far. */
export interface RefusedDuplicate {
  readonly planned: PlannedRow;
  readonly refused: RowFault;
}

/** How the row ended that was sent alone. */
export type SingleOutcome =
  | { readonly ok: true; readonly id: string; readonly created: boolean }
  | { readonly ok: false; readonly refused: RowFault; readonly duplicates?: DuplicateFinding };

const savedSchema = z.object({ id: z.string(), success: z.literal(true), created: z.boolean().optional() });

/** The row by itself; what identifies it stands in the address and must not stand in the body too. */
export function toSingle({ planned }: RefusedDuplicate, index: number): Subrequest {
  const { row, record, passAlerts } = planned;
  const identity = row.id === null ? row.keyField : "id";
  const body = Object.fromEntries(
    Object.entries(record).filter(([name]) => name !== "attributes" && name !== identity),
  );
  const address = row.id === null ? [row.object, row.keyField, row.key] : [row.object, row.id];
  return {
    referenceId: `s${index}`,
    method: "PATCH",
    path: `/sobjects/${address.map(encodeURIComponent).join("/")}`,
    body,
    ...duplicateHeaders({ allowSave: passAlerts, includeRecordDetails: true }),
  };
}

/** Anything but an answer about duplicates, or a row that was saved after all, leaves what the org said before. */
export function singleOutcome(
  { planned, refused }: RefusedDuplicate,
  answer: Subanswer | undefined,
): SingleOutcome {
  const unchanged: SingleOutcome = { ok: false, refused };
  if (!answer) return unchanged;
  if (answer.status >= 200 && answer.status < 300) return savedOutcome(planned, answer);
  const [error] = orgErrors(answer.body);
  const duplicates = findingIn(answer.body);
  if (error?.code !== "DUPLICATES_DETECTED" || !duplicates) return unchanged;
  const { sentence } = duplicateMeaning(error, duplicates);
  return { ok: false, refused: { fault: { ...refused.fault, sentence } }, duplicates };
}

/** The duplicate has gone meanwhile. An update is answered without a body, and so are upserts of old API versions. */
function savedOutcome({ row }: PlannedRow, { body, status }: Subanswer): SingleOutcome {
  const saved = savedSchema.safeParse(body);
  if (saved.success) return { ok: true, id: saved.data.id, created: saved.data.created ?? status === 201 };
  if (row.id !== null) return { ok: true, id: row.id, created: false };
  const sentence =
    "Salesforce has taken this record without telling its id. The connector looks it up by itself.";
  return { ok: false, refused: { fault: { code: "org_busy", sentence } } };
}
