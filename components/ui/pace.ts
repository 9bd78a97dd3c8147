/** How fast something goes on, and how long the rest takes, told from what was seen of it. Pure. */
import { count } from "./numbers";

export interface Seen {
  readonly atMs: number;
  readonly done: number;
}

/** Looked back this far: long enough to even out slices, short enough to notice a change. */
const windowMs = 30_000;
const leastMs = 2_000;

/** What was seen so far with one more; what went back, such as after a pause, begins anew. */
export function withSeen(seen: readonly Seen[], next: Seen): readonly Seen[] {
  const last = seen.at(-1);
  if (last && next.done < last.done) return [next];
  return [...seen.filter(({ atMs }) => atMs > next.atMs - windowMs), next];
}

/** "1,200 a second, about 2 minutes left"; null while that cannot be told. */
export function paceSentence(seen: readonly Seen[], total: number): string | null {
  const [first, last] = [seen[0], seen.at(-1)];
  if (!first || !last || last.atMs - first.atMs < leastMs || last.done === first.done) return null;
  const perSecond = ((last.done - first.done) * 1_000) / (last.atMs - first.atMs);
  const rate = perSecond >= 1 ? `${count(Math.round(perSecond))} a second` : "less than one a second";
  return `${rate}, ${leftWords(Math.max(0, total - last.done) / perSecond)} left`;
}

function leftWords(seconds: number): string {
  if (seconds < 10) return "a few seconds";
  if (seconds < 90) return `about ${Math.round(seconds / 10) * 10} seconds`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `about ${minutes} minutes`;
  return `about ${Math.round(minutes / 60)} hours`;
}
