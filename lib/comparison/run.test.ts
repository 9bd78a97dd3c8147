import { sql } from "drizzle-orm";
import { describe, expect, test, vi } from "vitest";
import type { ContactSide } from "@/lib/core/contact-side";
import { Clock } from "@/lib/core/mapping/expression/clock";
import type { MappingDocument } from "@/lib/core/mapping/document";
import type { PublishedMapping } from "@/lib/core/mapping/published";
import { patientFor } from "@/lib/sync/patience";
import { person, syncWorld } from "@/lib/sync/test-world";
import { FakeVenue } from "@/testing/fake-venue";
import { recordsBehind } from "./records";
import { runComparison } from "./run";
import { beginRun, costsOf, latestRecords, latestRun, stopRun } from "./runs";

const { world, rows, contacts, drain } = syncWorld();

const individual = (): PublishedMapping => {
  const [mapping] = world.deps.published.mappings.filter(({ kind }) => kind === "individual");
  if (!mapping) throw new Error("there is no mapping for individuals");
  return mapping;
};
const named = (contactNumber: string, individualFirstName: string | null, more: object = {}) =>
  person(contactNumber, {
    individualContact: { individualFirstName, individualLastName: "Frank" },
    ...more,
  });

/** The published document with another expression for a field. */
function withLine(target: string, expression: string, more: object = {}): MappingDocument {
  const { document } = individual();
  const lines = document.lines.map((line) =>
    line.target === target ? { ...line, expression, twoWay: false, ...more } : line,
  );
  return { ...document, lines };
}

interface Trying {
  readonly fresh?: boolean;
  readonly wanted?: number;
  readonly budgetMs?: number;
  readonly contacts?: ContactSide | null;
  readonly afterBegin?: (runId: number) => Promise<unknown>;
}

async function tryOut(draft: MappingDocument, given: Trying = {}) {
  const { connectionId, org, deps } = world;
  const { fresh = false, wanted = 500, budgetMs } = given;
  const { document, ...mapping } = individual();
  const ids = await latestRecords(deps.db, { connectionId, kind: "individual" }, wanted);
  const runId = await beginRun(deps.db, {
    ...{ connectionId, mappingId: mapping.mappingId, document: draft, wanted, fresh, total: ids.length },
    versionId: mapping.versionId,
    actor: "ann",
  });
  await given.afterBegin?.(runId);
  await runComparison({
    ...{ runId, connectionId, mapping, draft, published: document, ids, budgetMs },
    deps: { ...deps, contacts: given.contacts ?? null },
    ask: fresh ? org : null,
  });
  const run = await latestRun(deps.db, mapping.mappingId);
  const behind = async (number: Parameters<typeof recordsBehind>[2], from = 0) =>
    recordsBehind(deps.db, { mappingId: mapping.mappingId, runId }, number, from);
  return { run, runId, behind, mappingId: mapping.mappingId };
}

const capitals = () => withLine("FirstName", "$uppercase(individualContact.individualFirstName)");

describe("a draft tried on recent records", () => {
  test("tells how many would change a field, and which, without writing anything", async () => {
    await contacts(named("1", "Edna"), named("2", "ODILE"), named("3", "Renée"));
    await drain();
    const written = world.org.writes.length;
    const before = await rows(sql`select * from link order by id`);
    const { run, behind } = await tryOut(capitals());
    expect(run).toMatchObject({ state: "done", total: 3, done: 3, sentence: null });
    expect(run?.summary?.fates).toMatchObject({ changes: 2, unchanged: 1, created: 0, fails: 0 });
    expect(run?.summary?.fields).toMatchObject([{ field: "FirstName", changed: 2, cleared: 0 }]);
    const { rows: found, next } = await behind({ field: "FirstName", kind: "changed" });
    expect(found.map(({ key, changes }) => [key, changes[0]?.before, changes[0]?.after])).toEqual([
      ["3", "Renée", "RENÉE"],
      ["1", "Edna", "EDNA"],
    ]);
    expect(next).toBeNull();
    expect(world.org.writes.length).toBe(written);
    expect(world.org.reads + world.org.finds).toBe(1);
    expect(await rows(sql`select * from link order by id`)).toEqual(before);
  });

  test("tells values that Salesforce would lose, and records that would fail with their sentence", async () => {
    await contacts(named("1", "Edna"), named("2", "Odile"));
    await drain();
    const lost = await tryOut(withLine("FirstName", "individualContact.nickname", { onMissing: "clear" }));
    expect(lost.run?.summary?.fields).toMatchObject([{ field: "FirstName", cleared: 2 }]);
    const expression = 'individualContact.individualFirstName = "Edna" ? $error("No Ednas.") : "x"';
    const failing = await tryOut(withLine("FirstName", expression));
    expect(failing.run?.summary?.fates).toMatchObject({ fails: 1, changes: 1 });
    const { rows: found } = await failing.behind({ fate: "fails" });
    expect(found).toMatchObject([{ key: "1", sentence: "No Ednas." }]);
  });

  test("tells what is new, and leaves out what would change anyway", async () => {
    await contacts(named("1", "Edna"), named("2", "Odile"));
    await drain();
    await contacts(
      named("1", "Edna", { individualContact: { individualLastName: "Other" } }),
      named("3", "New"),
    );
    const { run, behind } = await tryOut(individual().document);
    expect(run?.summary?.fates).toMatchObject({ anyway: 1, created: 1, unchanged: 1, changes: 0 });
    const { rows: found } = await behind({ fate: "created" });
    expect(found[0]?.changes).toContainEqual(
      expect.objectContaining({ field: "FirstName", kind: "filled", after: "New" }),
    );
  });

  test("tells records that a narrower filter would leave out from those that nothing is written of anyway", async () => {
    await contacts(named("1", "Edna", { state: "ACTIVE" }), named("2", "Odile"));
    await drain();
    const { run, behind } = await tryOut({ ...individual().document, filter: 'state = "ACTIVE"' });
    expect(run?.summary?.fates).toMatchObject({ leaves: 1, left: 0, unchanged: 1 });
    const { rows: found } = await behind({ fate: "leaves" });
    expect(found).toMatchObject([{ key: "2", sentence: expect.stringMatching(/filter/) as string }]);
  });

  test("tells records that would share a key as failing", async () => {
    await contacts(named("1", "Edna"), named("2", "Odile"), named("3", "Renée"));
    const { run, behind } = await tryOut(withLine("[p]SyncId__c", '"one"'));
    expect(run?.summary?.fates).toMatchObject({ created: 1, fails: 2 });
    const { rows: found } = await behind({ fate: "fails" });
    expect(found[0]?.sentence).toMatch(/has that key too: the two would become one/);
  });

  test("looks at the latest records only, as many as asked for", async () => {
    await contacts(named("1", "Edna"));
    await contacts(named("2", "Odile"));
    await drain();
    await rows(sql`update record set updated_at = '2020-01-01' where key = '1'`);
    const { run, behind } = await tryOut(capitals(), { wanted: 1 });
    expect(run).toMatchObject({ total: 1, done: 1 });
    expect((await behind({ fate: "changes" })).rows.map(({ key }) => key)).toEqual(["2"]);
  });

  test("gives the records of a number page by page", async () => {
    await contacts(...Array.from({ length: 60 }, (_, n) => named(String(n + 100), "Edna")));
    await drain();
    const { behind } = await tryOut(capitals());
    const first = await behind({ fate: "changes" });
    const second = await behind({ fate: "changes" }, first.next ?? 0);
    const third = await behind({ fate: "changes" }, second.next ?? 0);
    expect([first, second, third].map((page) => page.rows.length)).toEqual([25, 25, 10]);
    expect(third.next).toBeNull();
  });
});

describe("Salesforce asked what it holds", () => {
  test("is read in one call, and counts instead of what the connector knew", async () => {
    await contacts(named("1", "Edna"), named("2", "Odile"));
    await drain();
    world.org.set("Account", "1", { FirstName: "EDNA" });
    const calls = { reads: world.org.reads, finds: world.org.finds };
    const { run, behind } = await tryOut(capitals(), { fresh: true });
    expect(world.org.reads - calls.reads).toBe(1);
    expect(world.org.finds - calls.finds).toBe(0);
    expect(run?.summary?.fates).toMatchObject({ changes: 1, unchanged: 1 });
    expect((await behind({ fate: "changes" })).rows.map(({ key }) => key)).toEqual(["2"]);
  });

  test("is told to have lost a record, and to have one that nobody linked", async () => {
    await contacts(named("1", "Edna"));
    await drain();
    world.org.delete("Account", "1");
    world.org.insert("Account", { FirstName: "Ann", LastName: "Frank" }, "2");
    await contacts(named("2", "Odile"));
    const { run, behind } = await tryOut(capitals(), { fresh: true });
    expect(run?.summary?.fates).toMatchObject({ fails: 1, changes: 1, created: 0 });
    expect((await behind({ fate: "fails" })).rows[0]?.sentence).toMatch(/does not find the record/);
    expect((await behind({ field: "FirstName", kind: "changed" })).rows[0]?.changes).toContainEqual(
      expect.objectContaining({ before: "Ann", after: "ODILE" }),
    );
  });

  test("keeps a person's edit where Salesforce owns the field", async () => {
    await contacts(named("1", "Edna"), named("2", "Odile"));
    await drain();
    await rows(
      sql`update link set held = '{"stamp":"","fields":{},"modifiedBy":{"id":"x","name":null,"person":true}}'`,
    );
    world.org.set("Account", "1", { FirstName: "Edwina" });
    const draft = withLine("FirstName", "individualContact.individualLastName", {
      twoWay: true,
      owner: "salesforce",
    });
    const { run, behind } = await tryOut(draft, { fresh: true, contacts: new FakeVenue() });
    expect(run?.summary?.fields).toMatchObject([{ field: "FirstName", changed: 1, kept: 1 }]);
    expect((await behind({ field: "FirstName", kind: "kept" })).rows).toMatchObject([
      { key: "1", changes: [{ before: "Edwina", after: "Frank" }] },
    ]);
  });

  test("ends as a comparison said it would once the draft is published and the records are taken through it", async () => {
    await contacts(...["Edna", "ODILE", "Renée", "x"].map((name, nth) => named(String(nth + 1), name)));
    await drain();
    world.org.set("Account", "3", { FirstName: "by hand" });
    const draft = capitals();
    const { behind } = await tryOut(draft, { fresh: true });
    const told = (await behind({ fate: "changes" })).rows;
    const before = new Map(world.org.rows.map(({ id, fields }) => [id, fields]));
    const mappings = world.deps.published.mappings.map((mapping) =>
      mapping.mappingId === individual().mappingId ? { ...mapping, document: draft } : mapping,
    );
    world.deps = { ...world.deps, published: { ...world.deps.published, mappings } };
    await rows(sql`update record_direction set state = 'pending'`);
    await drain();
    const changed = world.org.rows.flatMap(({ id, key, fields }) => {
      const was = before.get(id)?.["FirstName"];
      return was === fields["FirstName"] ? [] : [[key, was, fields["FirstName"]]];
    });
    expect(told.map(({ key, changes }) => [key, changes[0]?.before, changes[0]?.after]).toSorted()).toEqual(
      changed.toSorted(),
    );
    expect(changed).toHaveLength(3);
  });

  test("costs what was told beforehand", async () => {
    await contacts(named("1", "Edna"));
    await drain();
    await contacts(named("2", "Odile"));
    const { mappingId } = individual();
    const of = { connectionId: world.connectionId, kind: "individual" as const, mappingId };
    expect(await costsOf(world.deps.db, of, 500)).toEqual({ records: 2, compared: 2, calls: 2 });
    const before = world.org.reads + world.org.finds;
    await tryOut(capitals(), { fresh: true });
    expect(world.org.reads + world.org.finds - before).toBe(2);
  });
});

describe("a comparison", () => {
  test("that is stopped ends, and keeps what it found", async () => {
    await contacts(...Array.from({ length: 30 }, (_, n) => named(String(n + 100), "Edna")));
    await drain();
    const { run } = await tryOut(capitals(), {
      afterBegin: (runId) => stopRun(world.deps.db, individual().mappingId, runId),
    });
    expect(run).toMatchObject({ state: "stopped", sentence: "It was stopped.", summary: null });
  });

  test("that takes too long says how far it came", async () => {
    await contacts(...Array.from({ length: 30 }, (_, n) => named(String(n + 100), "Edna")));
    await drain();
    const { run } = await tryOut(capitals(), { budgetMs: 0 });
    expect(run?.state).toBe("stopped");
    expect(run?.sentence).toMatch(/after 0 records/);
  });

  test("leaves others their turn, whatever the draft", async () => {
    const slow =
      "$count($map([1,2,3,4,5,6,7,8,9], function($a){$count($split($pad('x', 90000, 'y'), 'y'))}))";
    await contacts(...Array.from({ length: 10 }, (_, n) => named(String(n + 100), "Edna")));
    await drain();
    // Of the process's own time: how long the machine keeps it waiting is another matter.
    const usedMs = () => {
      const { user, system } = process.cpuUsage();
      return (user + system) / 1_000;
    };
    const startedAt = usedMs();
    let longest = 0;
    let last = startedAt;
    const clock = setInterval(() => {
      longest = Math.max(longest, usedMs() - last);
      last = usedMs();
    }, 1);
    await tryOut(withLine("FirstName", slow));
    clearInterval(clock);
    expect(longest).toBeLessThan((usedMs() - startedAt) / 3);
  });

  test("waits for an expression that is never in time for some records only, in the whole of it", async () => {
    const marks = Array.from({ length: 3_000 }, (_, nth) => nth);
    const slow = "$string($count($map(marks, function($i) { $count($$.marks[$ > $i]) })))";
    const people = patientFor + 15;
    await contacts(...Array.from({ length: people }, (_, n) => named(String(n + 100), "Edna", { marks })));
    await drain();
    const tries = vi.spyOn(Clock.prototype, "tick");
    const outOfTime = () => tries.mock.results.filter(({ type }) => type === "throw").length;
    const { run } = await tryOut(withLine("FirstName", slow));
    expect(run?.summary?.fates).toMatchObject({ fails: people });
    expect(outOfTime()).toBeGreaterThanOrEqual(patientFor);
    expect(outOfTime()).toBeLessThan(2 * people);
    tries.mockRestore();
  }, 60_000);

  test("of a process that was stopped is told as lost", async () => {
    await contacts(named("1", "Edna"));
    await drain();
    const { mappingId } = await tryOut(capitals());
    await rows(sql`update comparison_run set state = 'running', heard_at = now() - interval '1 minute'`);
    expect(await latestRun(world.deps.db, mappingId)).toMatchObject({ state: "lost" });
  });

  test("whose org cannot be asked fails with the reason", async () => {
    await contacts(named("1", "Edna"));
    await drain();
    world.org.outage = new Error("no");
    const { run } = await tryOut(capitals(), { fresh: true });
    world.org.outage = null;
    expect(run).toMatchObject({ state: "failed" });
  });

  test("begun again stops the one before; only the latest few are kept", async () => {
    await contacts(named("1", "Edna"));
    await drain();
    for (let n = 0; n < 7; n++) await tryOut(capitals());
    expect(await rows(sql`select count(*)::int as number from comparison_run`)).toEqual([{ number: 5 }]);
  });
});

describe("a contact that Salesforce has without a Sync ID", () => {
  const mail = (email: string) => ({ communicationMeans: [{ email }] });
  const inOrg = (fields: object = {}, key: string | null = null) =>
    world.org.insert(
      "Account",
      { FirstName: "Edna", LastName: "Frank", PersonEmail: "frank@home.ch", ...fields },
      key,
    );
  const edna = (key: string) => named(key, "Edna", mail("frank@home.ch"));

  test("is told as adopted, with what would change of it, where Salesforce is asked", async () => {
    const id = inOrg({ FirstName: "Édna" });
    await contacts(edna("1"), named("2", "Odile", mail("odile@home.ch")));
    const { run, behind } = await tryOut(capitals(), { fresh: true });
    expect(run?.summary).toMatchObject({ fates: { adopted: 1, created: 1 }, fields: [] });
    const { rows: found } = await behind({ fate: "adopted" });
    expect(found).toMatchObject([
      { key: "1", sentence: expect.stringContaining(`would become the Salesforce record ${id}`) as string },
    ]);
    expect(found[0]?.changes).toContainEqual(
      expect.objectContaining({ field: "FirstName", kind: "changed", before: "Édna", after: "EDNA" }),
    );
    expect([world.org.finds, world.org.writes]).toEqual([1, []]);
  });

  test("is told as new where it is not", async () => {
    inOrg();
    await contacts(edna("1"));
    const { run } = await tryOut(capitals());
    expect(run?.summary?.fates).toMatchObject({ adopted: 0, created: 1 });
    expect(world.org.finds).toBe(0);
  });

  test("is held for a person where several fit, and new where it belongs to somebody else", async () => {
    inOrg();
    inOrg();
    inOrg({ FirstName: "Odile", PersonEmail: "odile@home.ch" }, "999");
    await contacts(edna("1"), named("2", "Odile", mail("odile@home.ch")));
    const { run, behind } = await tryOut(withLine("Phone", "'1'"), { fresh: true });
    expect(run?.summary?.fates).toMatchObject({ anyway: 1, created: 1, adopted: 0 });
    const { rows: found } = await behind({ fate: "anyway" });
    expect(found[0]?.sentence).toContain("2 Salesforce records fit by");
  });

  test("is adopted once, however many are compared", async () => {
    inOrg();
    const others = Array.from({ length: 120 }, (_, nth) =>
      named(String(nth + 10), "Other", mail(`o${nth}@home.ch`)),
    );
    await contacts(edna("1"), ...others, edna("2"));
    await rows(sql`update record set updated_at = now() - interval '1 hour' where key = '1'`);
    await rows(sql`update record set updated_at = now() + interval '1 hour' where key = '2'`);
    const { run, behind } = await tryOut(capitals(), { fresh: true });
    expect(run?.summary?.fates).toMatchObject({ adopted: 1, created: 121 });
    expect((await behind({ fate: "adopted" })).rows).toMatchObject([{ key: "2" }]);
  });
});
