import { ApiError } from "./errors";

/** When a call counts as long, and how many such calls an org may have at once. */
export interface LongRequestLimit {
  longRequestMs: number;
  concurrentLongRequests: number;
}

/** The API calls under way, to refuse more when too many of them have been running for long. */
export class LongRequests {
  private readonly startedAtMs = new Map<object, number>();

  /**
   * Takes in a call; `done` lets it go.
   * @throws ApiError 403 while as many calls as allowed have been under way for longer than 20 seconds (Salesforce
   * Developer Limits and Allocations Quick Reference, "Concurrent API Request Limits")
   */
  enter({ longRequestMs, concurrentLongRequests }: LongRequestLimit): { done: () => void } {
    const now = performance.now();
    let long = 0;
    for (const startedAt of this.startedAtMs.values()) if (now - startedAt > longRequestMs) long += 1;
    if (long >= concurrentLongRequests) {
      throw new ApiError(403, "REQUEST_LIMIT_EXCEEDED", "ConcurrentPerOrgLongTxn Limit exceeded.");
    }
    const call = { done: () => void this.startedAtMs.delete(call) };
    this.startedAtMs.set(call, now);
    return call;
  }
}
