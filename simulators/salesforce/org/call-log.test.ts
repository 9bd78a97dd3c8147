import { describe, expect, it } from "vitest";
import { CallLog } from "./call-log";

const LONG = `/services/data/v62.0/query?q=${"x".repeat(20_000)}`;

describe("the call log", () => {
  it("keeps the first kilobyte of long addresses, those of subrequests too", () => {
    const log = new CallLog();
    const subrequests = [{ referenceId: "a", method: "GET", url: LONG, status: 200 }];
    log.add({ at: "", method: "GET", path: LONG, status: 200, durationMs: 1, counted: true, subrequests });
    const [call] = log.since(0);
    expect(call?.path).toBe(`${LONG.slice(0, 1024)}…`);
    expect(call?.subrequests?.[0]?.url).toBe(`${LONG.slice(0, 1024)}…`);
  });

  it("keeps others as they are", () => {
    const log = new CallLog();
    log.add({ at: "", method: "GET", path: "/id", status: 200, durationMs: 1, counted: false });
    expect(log.since(0)).toMatchObject([{ sequence: 1, path: "/id" }]);
  });
});
