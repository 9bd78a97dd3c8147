import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { ApiFaults, apiFaultSchema, type ApiFault } from "./api-faults";
import { apiSettingsSchema, type ApiSettings } from "./api-settings";
import { CallLimits, limitsSnapshot } from "./call-limits";
import { callLogSnapshot, CallLog } from "./call-log";

const someSettings = apiSettingsSchema.partial();

/** What of the API side is in the state file. */
export const apiSnapshotSchema = z.object({
  limits: limitsSnapshot,
  log: callLogSnapshot,
  faults: z.array(apiFaultSchema),
  /** Settings as the simulator was started with them and as they were in the end. */
  settings: z.object({ start: someSettings, now: someSettings }),
});

export type ApiSnapshot = z.output<typeof apiSnapshotSchema>;

/** The API side of the institution as far as it remembers something: limits in use, calls, faults to come. */
export class Api {
  readonly limits = new CallLimits();
  readonly log = new CallLog();
  readonly faults = new ApiFaults();
  private stopping = new AbortController();

  /** Aborted when calls that wait must not go on. */
  get stopped(): AbortSignal {
    return this.stopping.signal;
  }

  stop(): void {
    this.stopping.abort();
  }

  clear(): void {
    this.stop();
    this.stopping = new AbortController();
    this.limits.clear();
    this.log.clear();
    this.faults.clear();
  }

  snapshot(start: ApiSettings, now: ApiSettings) {
    const faults: ApiFault[] = this.faults.list();
    return { limits: this.limits.snapshot(), log: this.log.snapshot(), faults, settings: { start, now } };
  }

  /**
   * Goes on where a snapshot ends. Returns the settings to go on with: those that were changed last, a rotated secret
   * for example, unless the simulator was started with other ones this time.
   */
  restore(snapshot: ApiSnapshot, start: ApiSettings): ApiSettings {
    this.limits.restore(snapshot.limits);
    this.log.restore(snapshot.log);
    this.faults.restore(snapshot.faults);
    const before = snapshot.settings;
    return isDeepStrictEqual({ ...start, ...before.start }, start) ? { ...start, ...before.now } : start;
  }
}
