/** What a person has decided to pass over, as long as it counts: until the record is through, or the same question comes up again. */
import { isMatchWaiver } from "./matching/choice";
import type { FaultCode } from "./faults";

/**
 * What is left of the decisions after a try that did not end the matter. One question may come after another, and the
 * answer to the first still counts; an answer that led back to its own question does not.
 */
export function stillWaived(waived: readonly string[], fault: FaultCode): string[] {
  return waived.filter((one) => one !== fault && !(fault === "several_matches" && isMatchWaiver(one)));
}
