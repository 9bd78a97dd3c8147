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

/** Asked after every step of an expression, and by every function. The turns of others are not counted. */
export class Clock {
  private used = 0;
  private since = performance.now();

  constructor(private readonly breathe?: Breathe) {}

  /** A promise when others are to have their turn first. Throws jsonata's own error when the time is over. */
  tick(): Promise<void> | undefined {
    const slice = performance.now() - this.since;
    // jsonata writes the message, as for its own clock.
    if (this.used + slice > limits.timeoutMs) throw { code: outOfTime, value: limits.timeoutMs };
    return this.breathe && slice > limits.sliceMs ? this.pass(this.breathe, slice) : undefined;
  }

  private async pass(breathe: Breathe, slice: number): Promise<void> {
    this.used += slice;
    await breathe();
    this.since = performance.now();
  }
}

/** jsonata's code for an evaluation that takes too long. */
export const outOfTime = "D1012";
