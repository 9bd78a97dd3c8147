import type { ContactWebhook, OrderWebhook, Settings } from "../settings";
import { writeJson, type Json } from "../venue/json";
import type { Stream, Venue } from "../venue/venue";
import { BucketQueue, type Bucket } from "./bucket-queue";
import type { DeliveryLog, Verdict } from "./deliveries";
import { selectContactDetails, selectOrderDetail } from "./details";
import type { Faults } from "./faults";
import { callFor, type Call } from "./notification";
import { callReceiver, type Answer } from "./post";

export type Run = {
  run: number;
  startedAt: string;
  finishedAt: string;
  items: number;
  payloads: number;
  accepted: number;
  again: number;
  abandoned: number;
};

type Surroundings = {
  stream: Stream;
  institution: string;
  venue: Venue;
  settings: () => Settings;
  deliveries: DeliveryLog;
  faults: Faults;
  log: (line: string) => void;
  changed: () => void;
  /** Told of every POST. */
  posted: () => void;
};

/** One webhook of the institution: its queue and the job that drains it. Runs never overlap. */
export class Webhook {
  readonly queue = new BucketQueue();
  readonly runs: Run[] = [];
  private closing = new AbortController();
  private tail: Promise<unknown> = Promise.resolve();
  private active = 0;
  private runNumber = 0;

  constructor(private readonly around: Surroundings) {}

  get stream(): Stream {
    return this.around.stream;
  }

  get busy(): boolean {
    return this.active > 0;
  }

  /** Drains the queue once, after a run that may be under way. Resolves to null when nothing could be sent. */
  run(): Promise<Run | null> {
    this.active += 1;
    const result = this.tail.then(() => this.runOnce());
    this.tail = result.finally(() => (this.active -= 1)).catch(() => undefined);
    return result;
  }

  /** Stops the run under way; a POST that is cut off counts as never made. */
  async close(): Promise<void> {
    this.closing.abort(new Error("stopped"));
    await this.tail;
  }

  /** Stops a run under way and forgets queue and runs. */
  async clear(): Promise<void> {
    await this.close();
    this.closing = new AbortController();
    this.queue.clear();
    this.runs.length = 0;
    this.runNumber = 0;
  }

  private async runOnce(): Promise<Run | null> {
    const { pushTo } = this.around.settings();
    const { batchSize, bucketSize, v1 } = this.webhookSettings();
    if (pushTo === null || this.closing.signal.aborted) return null;
    const started = new Date().toISOString();
    const buckets = this.queue.planRun(batchSize, v1 === null ? bucketSize : 1);
    const verdicts: Verdict[] = [];
    this.runNumber += 1;
    for (const bucket of buckets) {
      if (this.closing.signal.aborted) return null;
      // A merge may have taken its last number out since the run was planned.
      if (bucket.keys.length === 0) continue;
      verdicts.push(await this.deliver(bucket, pushTo));
    }
    const count = (verdict: Verdict) => verdicts.filter((other) => other === verdict).length;
    const run = {
      run: this.runNumber,
      startedAt: started,
      finishedAt: new Date().toISOString(),
      items: buckets.reduce((sum, bucket) => sum + bucket.keys.length, 0),
      payloads: buckets.length,
      accepted: count("accepted"),
      again: count("again"),
      abandoned: count("abandoned"),
    };
    this.runs.push(run);
    if (this.runs.length > 50) this.runs.shift();
    if (run.payloads > 0) this.logRun(run);
    return run;
  }

  private async deliver(bucket: Bucket, pushTo: string): Promise<Verdict> {
    const { tries } = this.webhookSettings();
    const mark = this.queue.changeMark();
    const call = this.callWith(bucket.keys, pushTo);
    const startedAt = new Date().toISOString();
    const answer = await this.send(call);
    if (this.closing.signal.aborted) return "again";
    const lost = answer.status === 200 && this.around.faults.take("ignore-200", this.stream);
    if (lost) answer.outcome = "200, taken for lost";
    const attempt = bucket.tries + 1;
    const verdict =
      answer.status === 200 && !lost ? this.accept(bucket, mark) : this.refuse(bucket, answer, tries);
    this.record(bucket, attempt, call, startedAt, answer, verdict);
    if (this.around.faults.take("duplicate-delivery", this.stream)) {
      const again = new Date().toISOString();
      this.record(bucket, attempt, call, again, await this.send(call), "duplicate");
    }
    return verdict;
  }

  private callWith(keys: string[], pushTo: string): Call {
    const { v1 } = this.webhookSettings();
    const [key] = keys;
    if (v1 !== null && key !== undefined) return callFor(v1, this.stream, key);
    const url = `${pushTo}/s360/${this.stream}/${this.around.institution}`;
    return { method: "POST", url, body: this.payload(keys) };
  }

  /** A V1 webhook has no authentication. */
  private send(call: Call): Promise<Answer> {
    const { auth, answerTimeoutSeconds, v1 } = this.webhookSettings();
    this.around.posted();
    return callReceiver(call, v1 === null ? auth : "none", answerTimeoutSeconds, this.closing.signal);
  }

  private accept(bucket: Bucket, mark: number): Verdict {
    this.queue.accepted(bucket, mark);
    this.around.changed();
    return "accepted";
  }

  private refuse(bucket: Bucket, answer: Answer, maxTries: number): Verdict {
    const verdict = this.queue.refused(bucket, answer.outcome, maxTries);
    const what = `${this.stream}: payload ${bucket.number} (${bucket.keys.length})`;
    if (verdict === "again") {
      this.around.log(
        `${what} not accepted: ${answer.outcome}; try ${bucket.tries} of ${maxTries}, again in the next run`,
      );
    } else {
      const { keys, tries, number } = bucket;
      const at = new Date().toISOString();
      this.around.deliveries.abandoned.push({
        stream: this.stream,
        bucket: number,
        keys,
        tries,
        lastOutcome: answer.outcome,
        at,
      });
      this.around.log(
        `${what} abandoned after ${tries} tries, last answer: ${answer.outcome}; ${keys.join(", ")}`,
      );
    }
    this.around.changed();
    return verdict;
  }

  private record(
    bucket: Bucket,
    attempt: number,
    { body }: Call,
    startedAt: string,
    answer: Answer,
    verdict: Verdict,
  ) {
    this.around.deliveries.add({
      stream: this.stream,
      run: this.runNumber,
      bucket: bucket.number,
      attempt,
      keys: bucket.keys,
      bytes: Buffer.byteLength(body ?? ""),
      startedAt,
      durationMs: Date.now() - Date.parse(startedAt),
      ...answer,
      verdict,
    });
  }

  private payload(keys: string[]): string {
    const items = keys.map((key) => this.item(key));
    const [first] = items;
    const bare = this.webhookSettings().body === "bare" && items.length === 1 && first !== undefined;
    return writeJson(bare ? first : items);
  }

  private item(key: string): Json {
    const body = this.around.venue.body(this.stream, key);
    const { contacts, orders } = this.around.settings();
    if (this.stream === "contacts") return selectContactDetails(body, contacts.details);
    const order = selectOrderDetail(body, orders.granularity);
    return orders.wrapper ? { orderDetailsData: order } : order;
  }

  private webhookSettings(): ContactWebhook | OrderWebhook {
    return this.around.settings()[this.stream];
  }

  private logRun(run: Run): void {
    const failed = run.again + run.abandoned;
    const outcome = failed === 0 ? "all accepted" : `${run.accepted} accepted, ${failed} not`;
    this.around.log(`${this.stream}: sent ${run.items} in ${run.payloads} payloads, ${outcome}`);
  }
}
