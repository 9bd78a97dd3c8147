import { EndedJobs } from "./ended-jobs";
import { hasEnded, type Job } from "./job";
import { RollingCount } from "../org/rolling-count";

const HOUR_MS = 3_600_000;
/** An ingest job stays open for a day at most; an ended one is kept for a week (limits cheat sheet, "Bulk API 2.0"). */
const MAX_OPEN_MS = 24 * HOUR_MS;
const KEPT_MS = 7 * 24 * HOUR_MS;
const MAX_OPEN_LISTS = 10;
const KILOBYTES_PER_MEGABYTE = 1024;

/** The Bulk jobs of an org, what they used of its allowances, and the timers that move them on. */
export class BulkJobs {
  private readonly byId = new Map<string, Job>();
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly openLists = new Map<string, readonly string[]>();
  private readonly batches = new RollingCount();
  private readonly queryJobs = new RollingCount();
  private readonly queryKilobytes = new RollingCount();
  private readonly ended: EndedJobs;
  private isStopped = false;

  /** @param keptDataBytes memory for data and results of ended jobs */
  constructor(keptDataBytes: number) {
    this.ended = new EndedJobs(keptDataBytes);
  }

  add(job: Job): void {
    this.byId.set(job.id, job);
    if (job.kind === "query") this.queryJobs.add(1, job.createdAt);
  }

  /** Takes a job and its data out of the org. */
  remove(job: Job): void {
    this.byId.delete(job.id);
    this.ended.forget(job);
  }

  /** Makes room for the data of a job that has just ended. */
  noteEnded(job: Job): void {
    this.ended.add(job);
  }

  /** Whether the job is still there; a deleted one must not go on. */
  has(job: Job): boolean {
    return this.byId.get(job.id) === job;
  }

  find(id: string, now: Date): Job | undefined {
    this.tidy(now);
    return this.byId.get(id);
  }

  /** Oldest first. */
  all(now: Date): Job[] {
    this.tidy(now);
    return [...this.byId.values()];
  }

  /** Aborts jobs that were open for a day, and forgets those that ended a week ago. */
  private tidy(now: Date): void {
    for (const job of this.byId.values()) {
      if (job.state === "Open" && now.getTime() - job.createdAt.getTime() > MAX_OPEN_MS) {
        job.state = "Aborted";
        job.changedAt = new Date(job.createdAt.getTime() + MAX_OPEN_MS);
        this.noteEnded(job);
      }
      if (hasEnded(job) && now.getTime() - job.changedAt.getTime() > KEPT_MS) this.remove(job);
    }
  }

  countBatches(batches: number, now: Date): void {
    this.batches.add(batches, now);
  }

  countQueryResult(bytes: number, now: Date): void {
    this.queryKilobytes.add(Math.ceil(bytes / 1024), now);
  }

  /** What the jobs of the last 24 hours used, under the names that `/limits` has for it. */
  usage(now: Date): Record<BulkAllowance, number> {
    return {
      DailyBulkApiBatches: this.batches.total(now),
      DailyBulkV2QueryFileStorageMB: Math.floor(this.queryKilobytes.total(now) / KILOBYTES_PER_MEGABYTE),
      DailyBulkV2QueryJobs: this.queryJobs.total(now),
    };
  }

  /** Does this later, unless the org is replaced first; no process stays alive for it. */
  later(work: () => void, delayMs: number): void {
    if (this.isStopped) return;
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      work();
    }, delayMs);
    timer.unref();
    this.timers.add(timer);
  }

  /** Ends all work for good: another org takes this one's place. */
  stop(): void {
    this.isStopped = true;
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
    this.byId.clear();
  }

  /** Remembers the rest of a list of jobs that was longer than a page. */
  openList(locator: string, ids: readonly string[]): void {
    this.openLists.set(locator, ids);
    const [oldest] = this.openLists.keys();
    if (this.openLists.size > MAX_OPEN_LISTS && oldest !== undefined) this.openLists.delete(oldest);
  }

  listOf(locator: string): readonly string[] | undefined {
    return this.openLists.get(locator);
  }
}

export type BulkAllowance = "DailyBulkApiBatches" | "DailyBulkV2QueryFileStorageMB" | "DailyBulkV2QueryJobs";
