export type Bucket = { number: number; keys: string[]; tries: number; lastOutcome: string | null };
export type QueueSnapshot = { changed: string[]; waiting: Bucket[]; nextBucket: number };

/**
 * The queue of one webhook. It holds numbers, never bodies, so several edits of one contact collapse into one
 * delivery (S-360 contact webhook V2). A bucket that was not accepted keeps its numbers together and is offered
 * again in the next run. No clock and no network in here.
 */
export class BucketQueue {
  /** Number → the change that put it here last. Map order is the order of arrival. */
  private changed = new Map<string, number>();
  private waiting: Bucket[] = [];
  private lastChange = 0;
  private nextBucket = 1;

  add(key: string): void {
    this.lastChange += 1;
    this.changed.set(key, this.lastChange);
  }

  /**
   * The buckets of one run: at most `batchSize` items, buckets to be re-sent first, then new ones of at most
   * `bucketSize` items. A number that still waits in a bucket stays out of new ones. A first bucket that is bigger
   * than the batch (the setting was lowered meanwhile) is offered all the same.
   */
  planRun(batchSize: number, bucketSize: number): Bucket[] {
    const planned: Bucket[] = [];
    let left = batchSize;
    for (const bucket of this.waiting) {
      if (bucket.keys.length > left && planned.length > 0) break;
      planned.push(bucket);
      left -= bucket.keys.length;
    }
    const held = new Set(this.waiting.flatMap((bucket) => bucket.keys));
    const fresh = [...this.changed.keys()].filter((key) => !held.has(key)).slice(0, Math.max(0, left));
    for (let start = 0; start < fresh.length; start += bucketSize) {
      const keys = fresh.slice(start, start + bucketSize);
      const bucket = { number: this.nextBucket++, keys, tries: 0, lastOutcome: null };
      for (const key of keys) this.changed.delete(key);
      this.waiting.push(bucket);
      planned.push(bucket);
    }
    return planned;
  }

  /** Call when the bodies of a bucket are read; hand the answer to `accepted`. */
  changeMark(): number {
    return this.lastChange;
  }

  /** The bucket arrived. Changes up to `mark` travelled with it; later ones stay queued. */
  accepted(bucket: Bucket, mark: number): void {
    this.remove(bucket);
    for (const key of bucket.keys) if ((this.changed.get(key) ?? Infinity) <= mark) this.changed.delete(key);
  }

  /** The bucket did not arrive: it stays for the next run, or is given up when `maxTries` are used. */
  refused(bucket: Bucket, outcome: string, maxTries: number): "again" | "abandoned" {
    bucket.tries += 1;
    bucket.lastOutcome = outcome;
    if (bucket.tries < maxTries) return "again";
    this.remove(bucket);
    return "abandoned";
  }

  waitingBuckets(): readonly Bucket[] {
    return this.waiting;
  }

  changedCount(): number {
    return this.changed.size;
  }

  /** True when the number waits for delivery, new or again. */
  holds(key: string): boolean {
    return this.changed.has(key) || this.waiting.some((bucket) => bucket.keys.includes(key));
  }

  /** Takes a number out, also of payloads that wait to be sent again: its contact is gone. */
  forget(key: string): void {
    this.changed.delete(key);
    for (const bucket of this.waiting) bucket.keys = bucket.keys.filter((other) => other !== key);
    this.waiting = this.waiting.filter((bucket) => bucket.keys.length > 0);
  }

  clear(): void {
    this.restore({ changed: [], waiting: [], nextBucket: 1 });
  }

  snapshot(): QueueSnapshot {
    return { changed: [...this.changed.keys()], waiting: this.waiting, nextBucket: this.nextBucket };
  }

  restore(snapshot: QueueSnapshot): void {
    this.changed = new Map();
    for (const key of snapshot.changed) this.add(key);
    this.waiting = snapshot.waiting.map((bucket) => ({ ...bucket }));
    this.nextBucket = snapshot.nextBucket;
  }

  private remove(bucket: Bucket): void {
    this.waiting = this.waiting.filter((other) => other !== bucket);
  }
}
