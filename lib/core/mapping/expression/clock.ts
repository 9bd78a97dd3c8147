/** The time of one evaluation: how much of it an expression has used, and when others of the process have their turn. */
import type jsonata from "jsonata";
import { limits } from "./limits";

/** Gives others of the process their turn, and ends when it is ours again. */
export type Breathe = () => Promise<void>;

/** `#` cannot be part of a variable's name in JSONata, so no expression can read or replace it. */
export const clockKey = "#clock";

/** What jsonata hands to the functions it calls: the names of one evaluation. */
export interface Timed {
  readonly lookup: (name: string) => unknown;
}

/** The clock of an evaluation is asked. @see Clock.tick */
export function turn(environment: Timed): Promise<void> | undefined {
  return (environment.lookup(clockKey) as Clock | undefined)?.tick();
}

/**
 * Runs a function of an expression when it is its turn. To jsonata a function that calls another that it was handed is one
 * step: `$map(list, $trim)`.
 */
export function inTurn<T>({ environment }: jsonata.Focus, run: () => T): T | Promise<T> {
  const others = turn(environment);
  return others ? others.then(run) : run();
}

/** How an evaluation tells the time, and lets go. */
export interface Pace {
  /** Called between steps and between lines, where others of the process are to have their turn. */
  readonly breathe?: Breathe;
  /** Milliseconds on a clock that never goes back; the wall clock where nothing is given. */
  readonly now?: () => number;
  /**
   * Milliseconds the processor has worked for this process, where that can be told. It is slow to ask, so only what is
   * out of time by the other clock is held against it: that the machine does something else is no fault of an expression.
   */
  readonly worked?: () => number;
}

/** Asked after every step of an expression, and by every function. The turns of others are not counted. */
export class Clock {
  private used = 0;
  private since: number;
  private workedSince: number | undefined;
  private readonly now: () => number;

  constructor(private readonly pace: Pace = {}) {
    this.now = pace.now ?? wallClock;
    this.since = this.now();
    this.workedSince = pace.worked?.();
  }

  /** A promise when others are to have their turn first. Throws jsonata's own error when the time is over. */
  tick(): Promise<void> | undefined {
    const slice = this.now() - this.since;
    // jsonata writes the message, as for its own clock.
    if (this.used + slice > limits.timeoutMs && this.used + this.workOf(slice) > limits.timeoutMs)
      throw { code: outOfTime, value: limits.timeoutMs };
    const { breathe } = this.pace;
    return breathe && slice > limits.sliceMs ? this.pass(breathe, slice) : undefined;
  }

  private async pass(breathe: Breathe, slice: number): Promise<void> {
    this.used += this.workOf(slice);
    await breathe();
    this.since = this.now();
    this.workedSince = this.pace.worked?.();
  }

  private workOf(slice: number): number {
    if (this.pace.worked === undefined || this.workedSince === undefined) return slice;
    return Math.min(slice, this.pace.worked() - this.workedSince);
  }
}

function wallClock(): number {
  return performance.now();
}

/** jsonata's code for an evaluation that takes too long. */
export const outOfTime = "D1012";
