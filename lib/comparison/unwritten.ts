/** Whether a record was last written otherwise than a version says now, and in which fields: re-processing would write it. */
import { newRecord } from "@/lib/core/census-change";
import { decide } from "@/lib/core/decide";
import type { RecordState } from "@/lib/core/words";
import type { LinkResult, LinkWork } from "@/lib/sync/work";

/** How a record stands that is not on its way by itself. */
export type CensusedState = Exclude<RecordState, "pending" | "retrying" | "review" | "held">;

/**
 * What would be written of a record, by field; nothing where it holds the result already. It is the engine's own decision
 * on what both sides last agreed on, however many versions and value maps ago that was. What only those said stays as it
 * is in Salesforce (design §2.6), and is nothing to write.
 */
export function unwrittenIn({ link, mapping, fields, marksOnly }: LinkWork): readonly string[] {
  if (!link) return marksOnly ? [] : [newRecord];
  const held = link.agreed.base;
  // Salesforce was never asked whether it holds anything there.
  const unasked = fields.filter(
    ({ when, value, target }) => when === "blank" && value !== null && !(target in held),
  );
  const { describe, compiled } = mapping;
  const decision = decide({ fields, describe, keyField: compiled.keyField, held });
  return [...new Set([...unasked.map(({ target }) => target), ...Object.keys(decision.fields)])];
}

/** Of a record that the version gives nothing to write for: whether it would end otherwise than it stands. */
export function endsOtherwise(result: LinkResult, state: CensusedState, mappingId: number): boolean {
  const isLinked = result.record.links.some((link) => link.mappingId === mappingId);
  const { outcome } = result;
  if (outcome === "waiting") return state !== "waiting";
  const isHeld = outcome === "failed" || outcome === "retrying" || outcome === "review";
  return isHeld && isLinked && state !== "failed" && state !== "waiting";
}
