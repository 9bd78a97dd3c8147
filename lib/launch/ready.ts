import { setTimeout as sleep } from "node:timers/promises";

const RETRY_DELAY_MS = 100;
const ANSWER_TIMEOUT_MS = 5_000;

/**
 * Asks an address until the answer's status is accepted.
 * @throws Error with the last answer when that takes too long; AbortError when `signal` aborts
 */
export async function waitForAnswer(
  url: string,
  accept: (status: number) => boolean,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    signal.throwIfAborted();
    const answer = await ask(url);
    if (answer.status !== null && accept(answer.status)) return;
    if (Date.now() > deadline) {
      throw new Error(
        `${url} did not become ready within ${timeoutMs / 1000} s. Its last answer: ${answer.text}`,
      );
    }
    await sleep(RETRY_DELAY_MS, undefined, { signal });
  }
}

async function ask(url: string): Promise<{ status: number | null; text: string }> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS) });
    const text = await response.text();
    return { status: response.status, text: `${response.status} ${text.slice(0, 500)}` };
  } catch (error) {
    const cause =
      error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    return { status: null, text: cause };
  }
}
