/** A control request that makes no sense; answered with 400 and the sentence. */
export class ControlError extends Error {}
