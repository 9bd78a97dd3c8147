/** The steps that were done in the editor, to be undone one after the other and done again. Pure. */
import type { Content } from "./content";

/** Something that was done, or undone. */
export interface Step<Kept> {
  /** What was done, such as "Mailing City removed". */
  readonly what: string;
  /** What changes places with what is open when it is undone, or done again: nothing is ever lost. */
  readonly other: Content;
  /** What else changes places. */
  readonly kept: Kept;
  /** Steps of the same name that follow each other are one, as typing is; null for one of its own. */
  readonly joins: string | null;
}

export interface History<Kept> {
  /** The latest last. */
  readonly past: readonly Step<Kept>[];
  /** The next one last. */
  readonly future: readonly Step<Kept>[];
}

export const noHistory = { past: [], future: [] };

const mostSteps = 200;

export function recorded<Kept>({ past, future }: History<Kept>, step: Step<Kept>): History<Kept> {
  const last = past.at(-1);
  const isJoined = last !== undefined && last.joins !== null && last.joins === step.joins;
  if (isJoined && future.length === 0) return { past: past.with(-1, { ...last, what: step.what }), future };
  return { past: [...past, step].slice(-mostSteps), future: [] };
}

/** What is typed from now on is a step of its own. */
export function settled<Kept>(history: History<Kept>): History<Kept> {
  const last = history.past.at(-1);
  if (!last || last.joins === null) return history;
  return { ...history, past: history.past.with(-1, { ...last, joins: null }) };
}

/** The steps that come after the last one that `barrier` tells. */
export function sinceLast<Kept>(
  { past, future }: History<Kept>,
  barrier: (step: Step<Kept>) => boolean,
): History<Kept> {
  const isFuture = future.some(barrier);
  return { past: past.slice(past.findLastIndex(barrier) + 1), future: isFuture ? [] : future };
}

interface Turned<Kept> {
  readonly step: Step<Kept>;
  readonly history: History<Kept>;
}

/** `open` is what changes places with what the step holds. */
export function undone<Kept>(
  { past, future }: History<Kept>,
  open: Pick<Step<Kept>, "other" | "kept">,
): Turned<Kept> | null {
  const step = past.at(-1);
  return (
    (step && {
      step,
      history: { past: past.slice(0, -1), future: [...future, { ...step, ...open, joins: null }] },
    }) ??
    null
  );
}

export function redone<Kept>(
  { past, future }: History<Kept>,
  open: Pick<Step<Kept>, "other" | "kept">,
): Turned<Kept> | null {
  const step = future.at(-1);
  return (
    (step && {
      step,
      history: { past: [...past, { ...step, ...open, joins: null }], future: future.slice(0, -1) },
    }) ??
    null
  );
}
