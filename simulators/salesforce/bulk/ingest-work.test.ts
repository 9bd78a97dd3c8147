import { describe, expect, it } from "vitest";
import { load, resultsOf } from "./test-jobs";
import { useOrg } from "../test-org";

const org = useOrg();
const csvOf = (count: number) =>
  `LastName\n${Array.from({ length: count }, (_, row) => `Row${row}`).join("\n")}\n`;
const lastNames = (rows: Record<string, string>[]) => rows.map((row) => row.LastName);

async function failAfter(afterRows: number, count: number) {
  await org.control("POST", "/faults", { kind: "bulk-fail", message: "no", afterRows });
  const job = await load(org, { operation: "insert" }, csvOf(count));
  return { job, ...(await resultsOf(org, job.id)) };
}

describe("a job that is ordered to fail after some rows", () => {
  it("stops exactly there, within its first chunk", async () => {
    const { job, saved, failed, rest } = await failAfter(1, 3);
    expect(job).toMatchObject({ state: "Failed", errorMessage: "no", numberRecordsProcessed: 1 });
    expect(lastNames(saved)).toEqual(["Row0"]);
    expect(failed).toEqual([]);
    expect(lastNames(rest)).toEqual(["Row1", "Row2"]);
    expect(await org.query("SELECT LastName FROM Contact")).toMatchObject([{ LastName: "Row0" }]);
  });

  it.each([
    [0, 3, 0],
    [200, 450, 200],
    [399, 450, 399],
    [401, 450, 401],
    [3, 3, 3],
    [9, 3, 3],
  ])("which is %i, of %i in the file, after %i", async (afterRows, count, processed) => {
    const { job, saved, rest } = await failAfter(afterRows, count);
    expect(job).toMatchObject({ state: "Failed", numberRecordsProcessed: processed });
    expect([saved.length, rest.length]).toEqual([processed, count - processed]);
  });
});
