import { describe, expect, it } from "vitest";
import { callJobs, ended, load, look, resultsOf } from "./test-jobs";
import { useOrg } from "../test-org";

const org = useOrg({ bulk: { keptDataBytes: 3000, shortestMs: 0 } });

const rows = (name: string, count = 10) =>
  `LastName\n${Array.from({ length: count }, (_, row) => `${name}${row}`).join("\n")}\n`;
const statusOf = async (path: string) => (await callJobs(org, "GET", path)).status;

describe("ended jobs that together hold more data than there is room for", () => {
  it("lose those of the oldest, which then answer as if a week had passed; what is known of them stays", async () => {
    const ids: string[] = [];
    for (const name of ["a", "b", "c"]) ids.push((await load(org, { operation: "insert" }, rows(name))).id);
    const [oldest = "", , newest = ""] = ids;
    for (const part of ["successfulResults", "failedResults", "unprocessedrecords"]) {
      expect(await statusOf(`/ingest/${oldest}/${part}`)).toBe(404);
    }
    expect(await look(org, oldest)).toMatchObject({ state: "JobComplete", numberRecordsProcessed: 10 });
    expect((await resultsOf(org, newest)).saved).toHaveLength(10);
  });

  it("keep what the last one holds, however much it is", async () => {
    const { id } = await load(org, { operation: "insert" }, rows("x", 50));
    expect((await resultsOf(org, id)).saved).toHaveLength(50);
    expect((await look(org, id)).numberRecordsFailed).toBe(0);
  });

  it("lose those of queries too, and still tell how many records failed", async () => {
    const failing = await load(org, { operation: "insert" }, `Email\nno address\n`);
    const query = { operation: "query", query: "SELECT LastName FROM Contact" };
    const { body } = await org.api<{ id: string }>("POST", "/jobs/query", query);
    await ended(org, body.id, "query");
    expect(await statusOf(`/query/${body.id}/results`)).toBe(200);
    await load(org, { operation: "insert" }, rows("z", 50));
    expect(await statusOf(`/query/${body.id}/results`)).toBe(404);
    expect(await statusOf(`/query/${body.id}/resultPages`)).toBe(404);
    expect((await look(org, failing.id)).numberRecordsFailed).toBe(1);
  });
});
