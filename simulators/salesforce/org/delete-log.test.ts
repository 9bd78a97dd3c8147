import { describe, expect, it } from "vitest";
import { DeleteLog } from "./delete-log";

const DAY_MS = 86_400_000;
const now = new Date("2026-06-30T00:00:00Z");
const deleted = (id: string, daysAgo: number) => ({ id, deletedMs: now.getTime() - daysAgo * DAY_MS });

describe("the delete log", () => {
  it("forgets deletions after 15 days", () => {
    const log = new DeleteLog();
    log.add("Contact", deleted("old", 16), now);
    log.add("Contact", deleted("new", 14), now);
    log.prune(now);
    expect(log.of("Contact")).toEqual([deleted("new", 14)]);
  });

  it("does so on its own as it grows", () => {
    const log = new DeleteLog();
    for (let count = 0; count < 10_000; count++) log.add("Contact", deleted(`old${count}`, 16), now);
    expect(log.size).toBeLessThan(2500);
  });
});
