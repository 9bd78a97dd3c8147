import { expect, it } from "vitest";
import { bulkLines } from "./status-text-bulk";

const job = {
  ...{ id: 1, object: "Account", state: "loading" as const, rows: 10, processed: 4, failed: 1 },
  ...{ since: "2026-11-30T10:00:00.000Z", url: null, sentence: null },
};

it("says how far a Bulk job is, and why there is none", () => {
  const [running = "", refused = ""] = bulkLines([
    job,
    { ...job, state: "refused", sentence: "Not allowed." },
  ]);
  expect(running).toMatch(/^ {2}Bulk job for Account since .*: 4 of 10 records, 1 refused$/);
  expect(refused).toMatch(/^ {2}No Bulk job for Account since .*: Not allowed\.$/);
});
