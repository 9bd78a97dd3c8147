import { beforeEach, describe, expect, it } from "vitest";
import { BucketQueue } from "./bucket-queue";

const keysOf = (buckets: { keys: string[] }[]) => buckets.map((bucket) => bucket.keys);

describe("the queue of a webhook", () => {
  let queue: BucketQueue;
  beforeEach(() => {
    queue = new BucketQueue();
  });

  it("keeps a number once, however often it changes", () => {
    for (const key of ["1", "2", "1", "1"]) queue.add(key);
    expect(keysOf(queue.planRun(100, 10))).toEqual([["1", "2"]]);
  });

  it("takes at most S items in a run, in buckets of at most bs, and leaves the rest queued", () => {
    for (let key = 1; key <= 12; key += 1) queue.add(String(key));
    expect(queue.planRun(8, 3).map((bucket) => bucket.keys.length)).toEqual([3, 3, 2]);
    expect(queue.changedCount()).toBe(4);
  });

  it("offers a refused bucket again whole and first, and counts it into S", () => {
    for (const key of ["1", "2", "3"]) queue.add(key);
    const [first] = queue.planRun(2, 2);
    if (first === undefined) throw new Error("no bucket");
    expect(queue.refused(first, "500", 12)).toBe("again");
    expect(keysOf(queue.planRun(3, 2))).toEqual([["1", "2"], ["3"]]);
  });

  it("collapses a change into the bucket that still waits with the same number", () => {
    queue.add("1");
    const [bucket] = queue.planRun(10, 1);
    if (bucket === undefined) throw new Error("no bucket");
    queue.refused(bucket, "500", 12);
    queue.add("1");
    expect(keysOf(queue.planRun(10, 1))).toEqual([["1"]]);
    queue.accepted(bucket, queue.changeMark());
    expect(queue.holds("1")).toBe(false);
  });

  it("keeps a change that came after the bodies were read", () => {
    queue.add("1");
    const [bucket] = queue.planRun(10, 1);
    if (bucket === undefined) throw new Error("no bucket");
    const mark = queue.changeMark();
    queue.add("1");
    queue.accepted(bucket, mark);
    expect(keysOf(queue.planRun(10, 1))).toEqual([["1"]]);
  });

  it("gives a bucket up after the last try, but not a change that came meanwhile", () => {
    queue.add("1");
    const [bucket] = queue.planRun(10, 1);
    if (bucket === undefined) throw new Error("no bucket");
    queue.add("1");
    expect(queue.refused(bucket, "500", 2)).toBe("again");
    expect(queue.refused(bucket, "500", 2)).toBe("abandoned");
    expect(queue.waitingBuckets()).toEqual([]);
    expect(keysOf(queue.planRun(10, 1))).toEqual([["1"]]);
  });

  it("is the same after being saved and read back", () => {
    for (const key of ["1", "2", "3"]) queue.add(key);
    const [bucket] = queue.planRun(2, 2);
    if (bucket === undefined) throw new Error("no bucket");
    queue.refused(bucket, "503", 12);
    const other = new BucketQueue();
    other.restore(structuredClone(queue.snapshot()));
    expect(other.snapshot()).toEqual(queue.snapshot());
    expect(keysOf(other.planRun(10, 2))).toEqual([["1", "2"], ["3"]]);
  });

  it("forgets a number wherever it waits, and drops a payload that has no other", () => {
    for (const key of ["a", "b", "c"]) queue.add(key);
    for (const bucket of queue.planRun(10, 2)) queue.refused(bucket, "503", 12);
    for (const key of ["c", "d"]) queue.add(key);
    for (const key of ["a", "c"]) queue.forget(key);
    expect(queue.waitingBuckets().map(({ keys }) => keys)).toEqual([["b"]]);
    expect([queue.holds("a"), queue.holds("b"), queue.holds("c"), queue.holds("d")]).toEqual([
      false,
      true,
      false,
      true,
    ]);
  });
});
