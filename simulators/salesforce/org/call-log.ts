export interface LoggedSubrequest {
  referenceId: string;
  method: string;
  url: string;
  status: number;
  object?: string;
  rows?: number;
}

export interface LoggedCall {
  sequence: number;
  at: string;
  method: string;
  path: string;
  status: number;
  durationMs: number;
  /** Whether Salesforce would count it against the daily API requests. */
  counted: boolean;
  client?: string;
  object?: string;
  rows?: number;
  subrequests?: LoggedSubrequest[];
}

/** What a request handler may add to its line in the log. */
export type CallDetails = Pick<LoggedCall, "object" | "rows" | "subrequests">;

const KEPT_CALLS = 20_000;
const KEPT_PATH_CHARACTERS = 1024;

/** Every API call so far (the last 20,000), for tests that count calls. */
export class CallLog {
  private calls: LoggedCall[] = [];
  private sequence = 0;

  add(call: Omit<LoggedCall, "sequence">): void {
    this.sequence += 1;
    const subrequests = call.subrequests?.map((each) => ({ ...each, url: shortened(each.url) }));
    this.calls.push({
      sequence: this.sequence,
      ...call,
      path: shortened(call.path),
      ...(subrequests ? { subrequests } : {}),
    });
    if (this.calls.length > KEPT_CALLS * 1.1) this.calls = this.calls.slice(-KEPT_CALLS);
  }

  /** Calls after the given sequence number, oldest first. */
  since(sequence: number): LoggedCall[] {
    return this.calls.filter((call) => call.sequence > sequence);
  }

  clear(): void {
    this.calls = [];
  }
}

/** Long queries would fill the memory. */
function shortened(path: string): string {
  return path.length <= KEPT_PATH_CHARACTERS ? path : `${path.slice(0, KEPT_PATH_CHARACTERS)}…`;
}
