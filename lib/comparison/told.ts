import type { Told } from "@/lib/core/mapping/comparison";
import type { ClaimedRecord } from "@/lib/sync/records";
import type { LinkResult } from "@/lib/sync/work";

/** The engine's result of one record in the words of a comparison. */
export function toldOf(result: LinkResult): Told {
  switch (result.outcome) {
    case "created":
    case "updated":
      return { outcome: result.outcome, after: result.after ?? {}, conflicts: result.conflicts ?? [] };
    case "adopted":
      // What was found by its Sync ID, and is as it should be, is told as unchanged.
      if (!("salesforceId" in result) || !result.call)
        return { outcome: "unchanged", after: {}, conflicts: result.conflicts ?? [] };
      return {
        ...{ outcome: "adopted", id: result.salesforceId },
        ...{ before: result.before ?? {}, after: result.after ?? {}, conflicts: result.conflicts ?? [] },
      };
    case "unchanged":
    case "echo":
      return { outcome: "unchanged", after: {}, conflicts: result.conflicts ?? [] };
    case "failed":
    case "retrying":
    case "untouched":
      return { outcome: "failed", sentence: result.fault.sentence };
    case "review":
      return { outcome: "held", sentence: result.fault.sentence };
    case "waiting":
      return { outcome: "waiting", sentence: result.fault.sentence };
    case "ignored":
    case "merged":
    case "unreached":
      return { outcome: "left", sentence: result.effects?.told?.sentence ?? leftBecause(result.record) };
  }
}

function leftBecause({ aliasOf, mergedInto, aliases, links }: ClaimedRecord): string {
  if (mergedInto !== null) return `Merged in S-360: only number ${mergedInto} is written.`;
  if (aliasOf !== null) return `Merged in Salesforce: only S-360 number ${aliasOf} is written there.`;
  if (aliases.length > 0)
    return "Merged in Salesforce: only the number of the record that stayed is written.";
  if (links.some(({ goneAt }) => goneAt !== null)) return "Its Salesforce record was deleted.";
  return "The mapping's filter or its sales rules leave it out, or a rule for its kind keeps it from Salesforce.";
}
