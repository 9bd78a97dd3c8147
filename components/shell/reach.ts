"use client";

import { useSyncExternalStore } from "react";
import { ApiError } from "../ui/api";

/** What keeps the page from the server right now. */
export type Obstacle = "signed-out" | "database-away" | "unreachable";

let obstacle: Obstacle | null = null;
const listeners = new Set<() => void>();

function set(next: Obstacle | null): void {
  if (next === obstacle) return;
  obstacle = next;
  for (const listener of listeners) listener();
}

/** Called with every failed call: remembers what concerns all pages, passes over the rest. */
export function reportFailure(error: unknown): void {
  if (!(error instanceof ApiError)) return;
  if (error.code === "signed-out") set("signed-out");
  else if (error.code === "database-away") set("database-away");
  else if (error.code === "unreachable") set("unreachable");
}

/** Called with every call that worked: nothing is in the way any more. */
export function reportSuccess(): void {
  set(null);
}

export function useObstacle(): Obstacle | null {
  return useSyncExternalStore(
    subscribe,
    () => obstacle,
    () => null,
  );
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
