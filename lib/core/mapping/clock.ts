/** The time of one evaluation: how much of it an expression has used, and when others of the process have their turn. */
import { limits } from "./limits";

/** Gives others of the process their turn, and ends when it is ours again. */
export type Breathe = () => Promise<void>;

/** Asked after every step of an expression. The turns of others are not counted. */
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
