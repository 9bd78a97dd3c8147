"use client";

import { useSyncExternalStore } from "react";

const tickMs = 5_000;
let now: number | null = null;
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = Date.now();
    for (const each of listeners) each();
  }, tickMs);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
    now = null;
  };
}

/** The time, moving every few seconds; null while the server renders, which does not know the reader's time zone. */
export function useNow(): Date | null {
  const value = useSyncExternalStore(
    subscribe,
    () => (now ??= Date.now()),
    () => null,
  );
  return value === null ? null : new Date(value);
}
