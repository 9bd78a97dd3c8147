import { rowError, type RowError } from "../../http/errors";
import type { Org } from "../../org/org";
import type { Change } from "../change";
import { OWN_LOOKUPS } from "../own-lookups";
import { isAboveItself } from "../reparent";

/** Accounts and contacts above themselves, in one step or in several. */
export function refusesCircles({ object, after, given }: Change, org: Org): RowError[] {
  const lookup = OWN_LOOKUPS[object.name];
  const isGiven = lookup !== undefined && [...given].some((field) => field.name === lookup);
  if (!isGiven || !isAboveItself(org, object, lookup, after)) return [];
  return [rowError("CIRCULAR_DEPENDENCY", "attempt to violate hierarchy constraints", [lookup])];
}
