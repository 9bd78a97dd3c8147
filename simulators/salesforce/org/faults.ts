/** Trouble that a test orders; see README, "Faults". */
export type Fault =
  | { kind: "status"; status: number; times: number; match?: string; code?: string; message?: string }
  | { kind: "limit-exceeded"; times: number; match?: string }
  | { kind: "row-lock"; object: string; times: number; key?: string }
  | { kind: "drop-before-write"; times: number; match?: string }
  | { kind: "drop-after-write"; times: number; match?: string }
  | { kind: "hang"; ms: number; times: number; match?: string }
  | { kind: "apex-limit"; object: string; times: number; rowsOver: number };

export type FaultKind = Fault["kind"];
type RequestFaultKind = Exclude<FaultKind, "row-lock" | "apex-limit">;

/** The faults still to happen. Each use takes one off its `times`; at zero it is gone. */
export class Faults {
  latencyMs: number;
  private pending: Fault[] = [];

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
      methodAndPath.includes(("match" in fault ? fault.match : undefined) ?? "/services/data/v");
    const fault = this.pending.find(isMeant);
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

  private use(fault: Fault): void {
    fault.times -= 1;
    if (fault.times <= 0) this.pending = this.pending.filter((other) => other !== fault);
  }
}
