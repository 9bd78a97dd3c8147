/** An import from its beginning to its end, with the engine and the database. */
import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { person } from "@/lib/sync/test-world";
import { readCanary } from "./canary";
import { readReport } from "./report";
import { reportCsv } from "./report-csv";
import { changeImport } from "./steer";
import { turnImports } from "./turn";
import { importWorld, numbered, old } from "./test-import-world";

const { contacts, start, steer, status, work, drain, park, standing, written, rows, take, world } =
  importWorld();

const bring = (count: number, from?: number) =>
  contacts(...numbered(count, from).map((number) => old(number)));

describe("the canary", () => {
  it("is written first, and everything else waits for somebody to approve", async () => {
    await start({ canary: 4 });
    await bring(10);
    await work(5);
    expect(await written()).toHaveLength(4);
    expect(await status()).toMatchObject({
      isCanaryThrough: true,
      counts: { released: 4, held: 6, ends: { written: 4 } },
    });
    expect(await steer("approve")).toEqual({ outcome: "done" });
    await work(2);
    expect(await written()).toHaveLength(10);
  });

  it("is never more than it says, with workers that take turns at the same moment and calls that come meanwhile", async () => {
    await start({ canary: 7 });
    for (let round = 0; round < 6; round++) {
      await Promise.all([
        ...Array.from({ length: 4 }, () => turnImports(world.deps.db)),
        bring(10, round * 10 + 1),
        drain(),
        drain(),
      ]);
    }
    await work(3);
    expect((await status()).counts).toMatchObject({ released: 7, records: 60 });
    expect(await written()).toHaveLength(7);
  });

  it("counts what failed, so that nothing is written in its place unseen", async () => {
    await start({ canary: 4 });
    await contacts(old("1", { individualContact: {} }), ...numbered(9, 2).map((number) => old(number)));
    await work(4);
    const { counts } = await status();
    expect(counts.released).toBe(4);
    expect(counts.ends.failed + counts.ends.written).toBe(4);
  });

  it("shows what was written field by field, and where it is in Salesforce", async () => {
    await start({ canary: 2 });
    await bring(3);
    await work(3);
    const canary = await readCanary(world.deps.db, (await status()).id);
    expect(canary?.records).toHaveLength(2);
    const [first] = canary?.records ?? [];
    expect(first).toMatchObject({ key: "1", state: "idle", reviewId: null, fault: null });
    expect(first?.links[0]?.url).toContain(`/lightning/r/Account/${first?.links[0]?.salesforceId}/view`);
    expect(first?.attempts[0]?.changes).toContainEqual({ field: "LastName", before: null, after: "Frank" });
  });

  it("may be asked for once more, for a look at what a corrected mapping gives", async () => {
    await start({ canary: 2 });
    await bring(10);
    await work(3);
    await steer("more");
    await work(3);
    expect((await status()).counts.released).toBe(4);
  });

  it("of nothing lets all out at once", async () => {
    await start({ canary: 0 });
    await bring(10);
    await work(2);
    expect(await written()).toHaveLength(10);
  });
});

describe("what a Bulk job has and has not begun with", () => {
  const jobs = () => rows(sql`select state, rows from bulk_job`);

  async function parked(count: number): Promise<void> {
    await start({ canary: 0 });
    await bring(count);
    await turnImports(world.deps.db);
    await park();
    expect(await jobs()).toEqual([{ state: "ready", rows: count }]);
  }

  it.each(["pause", "cancel"] as const)("is taken back by %s, and nothing of it is sent", async (change) => {
    await parked(6);
    expect(await steer(change)).toEqual({ outcome: "done" });
    expect(await jobs()).toEqual([]);
    expect(await standing("held")).toEqual(numbered(6));
    expect((await status()).counts).toMatchObject({ held: 6, released: 0 });
    await work(3);
    expect(await written()).toEqual([]);
  });

  it("is written after all when the import goes on", async () => {
    await parked(6);
    await steer("pause");
    await steer("resume");
    await work(2);
    expect(await written()).toEqual(numbered(6));
  });

  it("is taken back also when a batch put it there after the import was stopped", async () => {
    await parked(6);
    await rows(sql`update import_run set state = 'cancelled', closed_at = now(), ended_at = now()`);
    await turnImports(world.deps.db);
    expect(await jobs()).toEqual([]);
    expect(await standing("held")).toEqual(numbered(6));
  });

  it("stays where it is when it is no longer the import's, or the org has it already", async () => {
    await parked(6);
    await rows(sql`update bulk_job set state = 'loading', salesforce_id = '750000000000001AAA'`);
    await steer("cancel");
    expect(await jobs()).toEqual([{ state: "loading", rows: 6 }]);
    expect(await standing("pending")).toEqual(numbered(6));
    await rows(sql`update bulk_job set state = 'ready', salesforce_id = null`);
    await rows(sql`delete from import_record`);
    await turnImports(world.deps.db);
    expect(await jobs()).toEqual([{ state: "ready", rows: 6 }]);
  });

  it("is had by neither side twice while calls for the same records arrive", async () => {
    await parked(200);
    const again = numbered(200).map((number) => old(number, { function: "Treasurer" }));
    await Promise.all([contacts(...again), steer("cancel"), contacts(...again.toReversed())]);
    expect(await jobs()).toEqual([]);
    await turnImports(world.deps.db);
    expect([...(await standing("held")), ...(await standing("pending"))]).toHaveLength(200);
  });
});

describe("paused", () => {
  it("takes back what is in nobody's hands, and goes on from there", async () => {
    await start({ canary: 0 });
    await bring(10);
    await turnImports(world.deps.db);
    const batch = await take(3);
    await steer("pause");
    expect(await standing("held")).toHaveLength(7);
    expect(batch.records).toHaveLength(3);
    await drain();
    expect(await written()).toEqual([]);
    await bring(2, 11);
    expect(await standing("held")).toHaveLength(9);
    await rows(sql`update record set lease_token = null, lease_until = null`);
    await steer("resume");
    await work(2);
    expect(await written()).toHaveLength(12);
  });

  it("keeps the canary exact, whatever was taken back", async () => {
    await start({ canary: 4 });
    await bring(10);
    await turnImports(world.deps.db);
    await steer("pause");
    expect((await status()).counts.released).toBe(0);
    await work(2);
    expect(await written()).toEqual([]);
    await steer("resume");
    await work(4);
    expect(await written()).toHaveLength(4);
  });
});

describe("cancelled", () => {
  it("leaves what came stored, says why it is not written, and takes nothing more", async () => {
    await start({ canary: 2 });
    await bring(5);
    await work(3);
    await steer("cancel");
    await bring(2, 20);
    await work(2);
    expect(await written()).toEqual(["1", "2", "20", "21"]);
    expect(await standing("held")).toEqual(["3", "4", "5"]);
    const report = await readReport(world.deps.db, (await status()).id);
    expect(report).toMatchObject({ notWrittenTotal: 3 });
    expect(report?.notWritten[0]).toMatchObject({
      key: "3",
      why: expect.stringContaining("cancelled before its turn"),
    });
  });

  it("is written after all once somebody says so", async () => {
    await start({ canary: 2 });
    await bring(5);
    await work(3);
    await steer("cancel");
    expect(await steer("write")).toEqual({ outcome: "done" });
    await work(3);
    expect(await written()).toHaveLength(5);
    expect((await status()).state).toBe("done");
  });

  it("lets a record go that S-360 tells something new of, and one that the next import brings", async () => {
    await start({ canary: 1 });
    await bring(4);
    await work(2);
    await steer("cancel");
    await contacts(old("2", { function: "Treasurer" }), old("3"));
    await drain();
    expect(await written()).toEqual(["1", "2"]);
    await start({ canary: 0 });
    await contacts(old("3"));
    await work(2);
    expect(await written()).toEqual(["1", "2", "3"]);
    expect((await status()).counts).toMatchObject({ received: 1, ends: { written: 1 } });
  });
});

describe("its end", () => {
  const quiet = sql`update import_record set arrived_at = now() - interval '40 minutes'`;

  it("comes by itself once all that is expected has come and S-360 is quiet", async () => {
    await start({ canary: 0, streams: [{ stream: "contacts-in", expected: 3 }] });
    await bring(3);
    await work(2);
    expect((await status()).state).toBe("running");
    await rows(quiet);
    await work(2);
    expect(await status()).toMatchObject({ state: "done", counts: { ends: { written: 3 } } });
  });

  it("does not come while fewer came than are expected, or nobody said how many", async () => {
    await start({ canary: 0, streams: [{ stream: "contacts-in", expected: 4 }] });
    await bring(3);
    await rows(quiet);
    await work(2);
    expect((await status()).state).toBe("running");
  });

  it("comes by hand: what came is still written, what comes later is live", async () => {
    await start({ canary: 1 });
    await bring(3);
    await work(2);
    await steer("finish");
    await bring(1, 10);
    await work(2);
    expect(await written()).toEqual(["1", "10"]);
    await steer("approve");
    await work(2);
    expect(await written()).toHaveLength(4);
    expect((await status()).state).toBe("done");
  });

  it("is told with counts, faults and everything that is not written, also as a file", async () => {
    await start({ canary: 0 });
    await contacts(old("1"), old("2", { individualContact: {} }));
    await work(2);
    await steer("finish");
    await work(1);
    const report = await readReport(world.deps.db, (await status()).id);
    expect(report?.run.counts.ends).toMatchObject({ written: 1, failed: 1 });
    expect(report?.faults).toEqual([{ code: expect.any(String), number: 1, sentence: expect.any(String) }]);
    expect(report?.notWritten).toMatchObject([{ key: "2", why: report?.faults[0]?.sentence }]);
    if (!report) throw new Error("there is no report");
    const file = reportCsv(report);
    expect(file).toContain("Outcome,written,1,");
    expect(file).toContain("Not written,individual 2,failed,");
  });

  it("what failed and was mended since is told as written", async () => {
    await start({ canary: 0 });
    await contacts(old("2", { individualContact: {} }));
    await work(2);
    await contacts(person("2"));
    await work(2);
    expect((await status()).counts.ends).toMatchObject({ written: 1, failed: 0 });
  });
});

describe("two admins", () => {
  it("nobody changes what a colleague has changed in between", async () => {
    await start();
    const { id: importId, revision } = await status();
    const change = (what: "pause" | "cancel") =>
      changeImport(world.deps.db, { importId, revision, change: what, actor: "bob@example.org" });
    const results = await Promise.all([change("pause"), change("cancel")]);
    expect(results.map((result) => result?.outcome).sort()).toEqual(["done", "moved-on"]);
  });

  it("one import of a stream takes what arrives, and both or none are begun", async () => {
    await start();
    const both = [
      { stream: "orders-in", expected: null },
      { stream: "contacts-in", expected: null },
    ] as const;
    expect(await start({ streams: both })).toEqual({ outcome: "open", stream: "contacts-in" });
    await expect(status("orders-in")).rejects.toThrow();
  });

  it("what cannot be done as it stands is refused with a sentence, and all that is done is in the log", async () => {
    await start();
    expect(await steer("resume")).toEqual({ outcome: "refused", sentence: "It is not paused." });
    await steer("pause");
    await steer("cancel");
    expect(await steer("pause")).toMatchObject({ outcome: "refused" });
    const log = await rows(
      sql`select action, actor from audit_log where connection_id = ${world.connectionId} order by id`,
    );
    expect(log.map(({ action }) => action)).toEqual(["import started", "import paused", "import cancelled"]);
  });

  it("closing waits for a call that arrives this moment", async () => {
    await start();
    await Promise.all([bring(200), steer("cancel"), bring(200, 1_000)]);
    await work(1);
    const held = await standing("held");
    const { counts } = await status();
    // Each is of the import and held, or live and written: none is held by nobody.
    expect(counts.held).toBe(held.length);
    expect(held.length + (await written()).length).toBe(400);
  });
});
