/** Writes down every API call of both simulators while the soak runs: they keep only the latest. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Stack } from "../stack";
import { orgCalls, venueCalls, type OrgCall, type VenueCall } from "./sides";

const everyMs = 2_000;

export class Witness {
  readonly #stack: Stack;
  readonly #venue = new Map<number, VenueCall>();
  readonly #org: OrgCall[] = [];
  #sequence = 0;
  #firstId = 0;
  #watching = true;
  readonly #watch: Promise<void>;

  constructor(stack: Stack) {
    this.#stack = stack;
    this.#watch = this.#run();
  }

  /** Oldest first. */
  async calls(): Promise<{ readonly venue: readonly VenueCall[]; readonly org: readonly OrgCall[] }> {
    this.#watching = false;
    await this.#watch;
    await this.#look();
    return { venue: [...this.#venue.values()].sort((a, b) => a.id - b.id), org: this.#org };
  }

  async #run(): Promise<void> {
    const [latest] = await venueCalls(this.#stack, "limit=1");
    this.#firstId = (latest?.id ?? 0) + 1;
    while (this.#watching) {
      await this.#look();
      await sleep(everyMs);
    }
  }

  async #look(): Promise<void> {
    for (const call of await venueCalls(this.#stack, "limit=1000")) {
      if (call.id >= this.#firstId) this.#venue.set(call.id, call);
    }
    this.#org.push(...(await orgCalls(this.#stack, this.#sequence)));
    this.#sequence = this.#org.at(-1)?.sequence ?? this.#sequence;
  }
}
