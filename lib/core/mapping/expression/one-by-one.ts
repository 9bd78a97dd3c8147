/**
 * jsonata begins all items of a list, and the values of all groups, at the same time: thousands of evaluations side by
 * side, none of which ends before all others have had their step. Here they go one after the other.
 */
export class OneByOne {
  /** Those who wait, by what they are parts of; there is a queue as long as one of them is at work. */
  private readonly queues = new Map<object, Queue>();

  /** A promise when another part is at work. */
  enter(whole: object): Promise<void> | undefined {
    const queue = this.queues.get(whole);
    if (queue) return new Promise((go) => queue.waiting.push(go));
    this.queues.set(whole, { waiting: [], gone: 0 });
    return undefined;
  }

  /** Lets the next one go. */
  leave(whole: object): void {
    const queue = this.queues.get(whole);
    const next = queue?.waiting[queue.gone];
    if (!queue || !next) return void this.queues.delete(whole);
    queue.gone++;
    next();
  }
}

interface Queue {
  readonly waiting: (() => void)[];
  /** How many of them have gone. Nothing is taken out: moving thousands up by one each time is slow. */
  gone: number;
}
