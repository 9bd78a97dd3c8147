import type { Job } from "./job";

/** What a record costs besides its text: where it stands in the data, and what became of it. */
const BYTES_PER_RECORD = 120;
/** What a line of results costs besides its text. */
const BYTES_PER_LINE = 24;

/**
 * The data and results that ended jobs still hold. When they take more memory than allowed, those of the jobs that ended
 * first are dropped; the last job's always stay.
 */
export class EndedJobs {
  /** In the order the jobs ended. */
  private readonly bytesByJob = new Map<Job, number>();
  private bytes = 0;

  constructor(private readonly maxBytes: number) {}

  add(job: Job): void {
    this.forget(job);
    const bytes = dataBytes(job);
    this.bytesByJob.set(job, bytes);
    this.bytes += bytes;
    for (const oldest of this.bytesByJob.keys()) {
      if (this.bytes <= this.maxBytes || oldest === job) break;
      this.forget(oldest);
      dropData(oldest);
    }
  }

  forget(job: Job): void {
    this.bytes -= this.bytesByJob.get(job) ?? 0;
    this.bytesByJob.delete(job);
  }
}

function dataBytes(job: Job): number {
  if (job.kind === "query") {
    return job.lines.reduce((sum, line) => sum + line.length + BYTES_PER_LINE, job.header.length);
  }
  return (job.content?.length ?? 0) + (job.file?.size ?? 0) * BYTES_PER_RECORD;
}

function dropData(job: Job): void {
  job.isDataGone = true;
  if (job.kind === "query") {
    job.lines = [];
    return;
  }
  job.content = undefined;
  job.file = undefined;
  job.saved = [];
  job.failed = [];
}
