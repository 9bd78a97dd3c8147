import type { FaultCode } from "./faults";

/** Of items that ended at the door, only those have it whose call a mistake of the connector kept from being taken in. */
export const setAsideCode = "internal" satisfies FaultCode;
