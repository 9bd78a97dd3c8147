/** Whether a record would get another result. Pure. */
import { sameValue } from "@/lib/core/canonical";
import type { EvaluatedField } from "@/lib/core/mapping/evaluation";
import type { LinkResult, LinkWork } from "@/lib/sync/work";
import type { Evaluated } from "./engine";

/** What a mapping gives for a record: something to write, or an end without. */
type Result = LinkWork | LinkResult;

/** By record. */
export function resultsOf({ works, ended }: Evaluated): ReadonlyMap<number, Result> {
  return new Map([...ended, ...works].map((result) => [result.record.id, result]));
}

/**
 * Whether the result of the version that runs `now` has to be written though that of an earlier one was. What only the
 * earlier version says stays as it is in Salesforce (design §2.6), and is no change.
 */
export function changesResult(now: Result | undefined, then: Result | undefined): boolean {
  if (!now || !then) return now !== then;
  if ("outcome" in now || "outcome" in then) return outcomeOf(now) !== outcomeOf(then);
  if (now.key !== then.key) return true;
  const before = new Map(then.fields.map((field) => [field.target, field]));
  return now.fields.some((field) => says(field, before.get(field.target), now));
}

function outcomeOf(result: Result): string {
  return "outcome" in result ? result.outcome : "written";
}

/** What is for new records only changes nothing of a linked one. */
function says(
  field: EvaluatedField,
  before: EvaluatedField | undefined,
  { link, mapping }: LinkWork,
): boolean {
  const { target, value, when } = field;
  if (link && when === "create") return false;
  if (!before) return true;
  if (when !== before.when && when === "always") return true;
  const shape = mapping.describe.get(target);
  return shape ? !sameValue(value, before.value, shape) : value !== before.value;
}
