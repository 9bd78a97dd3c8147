/** Waiting on behalf of somebody who waits himself, for a while and no longer. */

export class TooLateError extends Error {
  override readonly name = "TooLateError";
}

/**
 * So many milliseconds, shared by all that is waited for with the function this returns; what passes between two waits does
 * not count. What was waited for in vain goes on, unheard.
 * @throws TooLateError when they are used up
 */
export function sharedTime(ms: number): <T>(work: Promise<T>) => Promise<T> {
  let leftMs = ms;
  return async (work) => {
    const since = performance.now();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new TooLateError("the time for this is used up")), Math.max(leftMs, 0));
    });
    try {
      return await Promise.race([work, late]);
    } finally {
      clearTimeout(timer);
      leftMs -= performance.now() - since;
    }
  };
}
