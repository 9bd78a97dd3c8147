"use client";

import { useEffect, useState } from "react";
import { paceSentence, withSeen, type Seen } from "./pace";

/** Rate and time left of what goes on, told from the numbers as they come; null while it rests or cannot be told. */
export function usePace(done: number, total: number, going: boolean): string | null {
  const [seen, setSeen] = useState<readonly Seen[]>([]);
  useEffect(() => {
    setSeen((before) => (going ? withSeen(before, { atMs: performance.now(), done }) : []));
  }, [done, going]);
  return going ? paceSentence(seen, total) : null;
}
