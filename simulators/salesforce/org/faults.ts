import { chances } from "./chance";

/** Trouble that a test orders; see README, "Faults". */
export type Fault =
  | {
      kind: "status";
      status: number;
      times: number;
      match?: string;
      code?: string;
      message?: string;
      /** From 0 to 1: how many of the calls that are meant meet it; all, unless given. */
      probability?: number;
    }
  | { kind: "limit-exceeded"; times: number; match?: string }
  | { kind: "row-lock"; object: string; times: number; key?: string }
  | { kind: "drop-before-write"; times: number; match?: string }
  | {
      kind: "drop-after-write";
      times: number;
      match?: string;
      /** So many of the calls that are meant go through before the first one that breaks. */
      after?: number;
    }
  | { kind: "hang"; ms: number; times: number; match?: string }
  | { kind: "apex-limit"; object: string; times: number; rowsOver: number }
  | { kind: "bulk-slow"; ms: number; times: number; object?: string }
  | { kind: "bulk-fail"; message: string; afterRows: number; times: number; object?: string };

export type FaultKind = Fault["kind"];
type RequestFaultKind = Exclude<FaultKind, "row-lock" | "apex-limit" | "bulk-slow" | "bulk-fail">;

const CHANCE_SEED = 1;

/** The faults still to happen. Each use takes one off its `times`; at zero it is gone. */
export class Faults {
  latencyMs: number;
  private pending: Fault[] = [];
  private chance = chances(CHANCE_SEED);

  constructor(private readonly initialLatencyMs: number) {
    this.latencyMs = initialLatencyMs;
  }

  add(fault: Fault): void {
    this.pending.push({ ...fault });
  }

  list(): Fault[] {
    return this.pending.map((fault) => ({ ...fault }));
  }

  clear(): void {
    this.pending = [];
    this.chance = chances(CHANCE_SEED);
    this.latencyMs = this.initialLatencyMs;
  }

  /**
   * Takes the first fault of these kinds that is meant for a request: its `match` is part of the method and path;
   * without `match` every call to the REST API is meant, and no call for a token.
   */
  takeForRequest<Kind extends RequestFaultKind>(
    kinds: readonly Kind[],
    methodAndPath: string,
  ): Extract<Fault, { kind: Kind }> | undefined {
    const isMeant = (fault: Fault): fault is Extract<Fault, { kind: Kind }> =>
      kinds.some((kind) => kind === fault.kind) &&
      methodAndPath.includes(("match" in fault ? fault.match : undefined) ?? "/services/data/v") &&
      this.happens(fault);
    const fault = this.pending.find(isMeant);
    if (fault && "after" in fault && fault.after) {
      fault.after -= 1;
      return undefined;
    }
    if (fault) this.use(fault);
    return fault;
  }

  /** Whether the next row of this object meets a lock; `values` are the row's own, for faults aimed at one key. */
  takeRowLock(object: string, values: () => readonly unknown[]): boolean {
    const fault = this.pending.find(
      (pending) =>
        pending.kind === "row-lock" &&
        pending.object.toLowerCase() === object.toLowerCase() &&
        (pending.key === undefined || values().includes(pending.key)),
    );
    if (fault) this.use(fault);
    return fault !== undefined;
  }

  /** Whether a chunk of so many rows of this object meets an Apex limit. */
  takeApexLimit(object: string, rows: number): boolean {
    const fault = this.pending.find(
      (pending) =>
        pending.kind === "apex-limit" &&
        pending.object.toLowerCase() === object.toLowerCase() &&
        rows > pending.rowsOver,
    );
    if (fault) this.use(fault);
    return fault !== undefined;
  }

  /** How much longer the next Bulk job of this object takes, in milliseconds. */
  takeBulkDelayMs(object: string): number {
    const fault = this.pending.find((pending) => pending.kind === "bulk-slow" && isFor(pending, object));
    if (fault?.kind !== "bulk-slow") return 0;
    this.use(fault);
    return fault.ms;
  }

  /** How the next Bulk job of this object fails as a whole: with this message, after so many records. */
  takeBulkFailure(object: string): { message: string; afterRows: number } | undefined {
    const fault = this.pending.find((pending) => pending.kind === "bulk-fail" && isFor(pending, object));
    if (fault?.kind !== "bulk-fail") return undefined;
    this.use(fault);
    return fault;
  }

  private happens(fault: Fault): boolean {
    return fault.kind !== "status" || fault.probability === undefined || this.chance() < fault.probability;
  }

  private use(fault: Fault): void {
    fault.times -= 1;
    if (fault.times <= 0) this.pending = this.pending.filter((other) => other !== fault);
  }
}

/** Whether a fault is meant for jobs of this object; without an object it is meant for every one. */
function isFor(fault: { object?: string }, object: string): boolean {
  return fault.object === undefined || fault.object.toLowerCase() === object.toLowerCase();
}
