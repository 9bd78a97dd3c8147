import { setImmediate as nextTurn } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { PublishedMappings } from "@/lib/core/mapping/published";
import { compileMapping } from "@/lib/core/mapping/compile";
import { mappingDocumentSchema, lineSchema } from "@/lib/core/mapping/document";
import { evaluateMapping } from "@/lib/core/mapping/evaluate";
import { testAccount } from "@/lib/core/mapping/test-describe";
import { patientFor, withPatience } from "./patience";
import { person, syncWorld } from "./test-world";

const tooLong = { code: "D1012", message: "too long", position: 7 };
const context = { valueMaps: {}, timeZone: "UTC", selected: () => true };

describe("patience with an expression", () => {
  const compiled = compileMapping(
    mappingDocumentSchema.parse({
      ...{ kind: "individual", object: "Account", keyField: "SyncId__c" },
      lines: [
        { target: "LastName", expression: "name" },
        { target: "FirstName", expression: "first" },
      ],
    }),
    { prefix: "", describe: testAccount({ personAccounts: true }), recordTypeId: null },
  );

  function slowFirst(run: () => Promise<unknown>) {
    const lines = compiled.lines.map((line) => (line.target === "FirstName" ? { ...line, run } : line));
    return withPatience({ ...compiled, lines });
  }
  const source = { name: "Frank", first: "Edna" };
  const sentences = async (mapping: typeof compiled) =>
    (await evaluateMapping(mapping, source, context)).problems.map(({ fault }) => fault.sentence);

  it("ends after some records in a row: the rest end with the same sentence at once, other lines go on", async () => {
    const run = vi.fn(() => Promise.reject(tooLong as unknown as Error));
    const mapping = slowFirst(run);
    const said = new Set<string>();
    for (let nth = 0; nth < 200; nth++) for (const one of await sentences(mapping)) said.add(one);
    expect(run).toHaveBeenCalledTimes(patientFor);
    expect([...said]).toEqual([expect.stringMatching(/First Name took too long/)]);
    const { fields } = await evaluateMapping(mapping, source, context);
    expect(fields).toMatchObject([{ target: "LastName", value: "Frank" }]);
  });

  it("begins anew with each record that is in time", async () => {
    let nth = 0;
    const run = vi.fn(() =>
      ++nth % patientFor === 0 ? Promise.resolve("Edna") : Promise.reject(tooLong as unknown as Error),
    );
    const mapping = slowFirst(run);
    for (let record = 0; record < 100; record++) await sentences(mapping);
    expect(run).toHaveBeenCalledTimes(100);
  });

  it("is of one batch: the next one tries again", async () => {
    const run = vi.fn(() => Promise.reject(tooLong as unknown as Error));
    for (let record = 0; record < 30; record++) await sentences(slowFirst(run));
    expect(run).toHaveBeenCalledTimes(30);
  });
});

describe("a batch of slow expressions", () => {
  const { world, rows, contacts, drain, states } = syncWorld();
  const slow = "$string($count($map(marks, function($i) { $count($$.marks[$ > $i]) })))";

  function withSlowLine({ mappings, ...more }: PublishedMappings): PublishedMappings {
    const line = lineSchema.parse({ target: "Phone", expression: slow });
    return {
      ...more,
      mappings: mappings.map((mapping) =>
        mapping.name === "individual"
          ? { ...mapping, document: { ...mapping.document, lines: [...mapping.document.lines, line] } }
          : mapping,
      ),
    };
  }

  async function runOn(people: number, marks: number): Promise<void> {
    world.deps = { ...world.deps, published: withSlowLine(world.deps.published) };
    const list = Array.from({ length: marks }, (_, nth) => nth);
    await contacts(...Array.from({ length: people }, (_, nth) => person(String(nth + 1), { marks: list })));
    await drain();
  }

  /** Each look at a clock is so many milliseconds later than the one before, on any machine. */
  function clocksThatStep({
    wallMs,
    workedMs,
  }: {
    readonly wallMs: number;
    readonly workedMs: number;
  }): void {
    let wall = 0;
    let worked = 0;
    vi.spyOn(performance, "now").mockImplementation(() => (wall += wallMs));
    vi.spyOn(process, "cpuUsage").mockImplementation(() => ({
      user: (worked += workedMs) * 1_000,
      system: 0,
    }));
  }
  afterEach(() => vi.restoreAllMocks());

  it("lets the process go on in between, so that its lease is renewed in time", async () => {
    clocksThatStep({ wallMs: 1, workedMs: 0.1 });
    let longest = 0;
    let going = true;
    const watch = async () => {
      for (let last = performance.now(); going; last = performance.now()) {
        await nextTurn();
        longest = Math.max(longest, performance.now() - last);
      }
    };
    const watching = watch();
    await runOn(40, 20);
    going = false;
    await watching;
    expect(new Set((await states()).map(({ state }) => state))).toEqual(new Set(["idle"]));
    // Each record takes some 1,200 steps of a millisecond each, and others have their turn after five.
    expect(longest).toBeLessThan(50);
  });

  it("that are never in time is tried again later, and the records say why", async () => {
    clocksThatStep({ wallMs: 60, workedMs: 60 });
    await runOn(patientFor + 5, 5);
    const waiting = await rows(
      sql`select distinct state, fault->>'sentence' as sentence from record_direction`,
    );
    expect(waiting).toEqual([{ state: "retrying", sentence: expect.stringMatching(/Phone took too long/) }]);
  });
});
