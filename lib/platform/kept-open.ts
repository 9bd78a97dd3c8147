/** A pool opens connections when they are needed; this has them ready before. */
import type { Pool } from "pg";

/** More often than firewalls forget a connection that is still. */
const usualMs = { everyMs: 30_000, answerWithinMs: 5_000 };

/**
 * Opens all connections of a pool and asks those that nobody uses something from time to time: one that died unnoticed is found
 * by this and not by a call, and one that is missing is opened again. Whatever stands in the way is told to the next call.
 * Returns what ends it; keeps no process alive.
 */
export function keepOpen(pool: Pool, { everyMs, answerWithinMs } = usualMs): () => void {
  const question = { text: "select 1", query_timeout: answerWithinMs };
  const touch = () => {
    const missing = pool.options.max - pool.totalCount;
    for (let left = pool.idleCount + missing; left > 0; left--) pool.query(question).catch(() => undefined);
  };
  touch();
  const timer = setInterval(touch, everyMs).unref();
  return () => clearInterval(timer);
}
