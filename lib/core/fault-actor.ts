/** Who must act on a fault: the table says it for what S-360 sent; on the way back what is wrong stands in Salesforce. */
import { faultRow, type FaultActor, type FaultCode } from "./faults";
import type { Direction } from "./words";

/** Faults of a value or an item: they are corrected in the system that it came from. */
const corrected: readonly FaultCode[] = [
  "unusable_item",
  "missing_key",
  "missing_value",
  "invalid_value",
  "too_long",
  "kind_unknown",
  "not_expressible",
];

/** `direction`: the way the record was going when it failed. */
export function actorOf(code: FaultCode, direction: Direction): FaultActor {
  return direction === "out" && corrected.includes(code) ? "crm-admin" : faultRow(code).actor;
}
