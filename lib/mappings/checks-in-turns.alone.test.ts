import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { goldenSample, mapping, valueMap } from "@/drizzle/schema";
import { mappingDocumentSchema, type MappingDocument } from "@/lib/core/mapping/document";
import { testAccount } from "@/lib/core/mapping/test-describe";
import { insertTestConnection } from "@/testing/connection";
import { testDatabase } from "@/testing/database";
import { previewMapping } from "./preview";
import { publish, restore } from "./publish";
import { valueMapSummaries } from "./read-value-maps";
import { decideCodes, dropValueMap, putValueMap } from "./value-maps";

/** What was done, and whether a transaction was open then. */
const { count } = vi.hoisted(() => ({
  count: { parses: 0, turns: 0, open: 0, parsesInside: 0, turnsInside: 0 },
}));

vi.mock("jsonata", async (original) => {
  const { default: real } = await original<{ default: typeof import("jsonata") }>();
  const counted = (...given: Parameters<typeof real>) => {
    count.parses++;
    if (count.open > 0) count.parsesInside++;
    return real(...given);
  };
  return { default: Object.assign(counted, real) };
});

vi.mock("@/lib/platform/turns", async (original) => {
  const real = await original<typeof import("@/lib/platform/turns")>();
  const ownTurn = () => {
    count.turns++;
    if (count.open > 0) count.turnsInside++;
    return real.ownTurn();
  };
  return { ...real, ownTurn };
});

const database = testDatabase();
const target = { prefix: "", describe: testAccount({ personAccounts: true }), recordTypeId: null };
const context = { valueMaps: {}, timeZone: "UTC", selected: () => true };
const many = 100;
let turn = 0;

/** Expressions that nothing has read before. */
function large(expression = "last"): MappingDocument {
  turn++;
  const fields = target.describe.fields.filter(({ type, createable }) => type === "text" && createable);
  const lines = Array.from({ length: many }, (_, at) => ({
    target: fields[at % fields.length]?.name ?? "",
    expression: `$uppercase(a${turn}) & $lowercase(b${at})`,
    twoWay: at % 2 === 0,
  }));
  const needed = [
    { target: "[p]SyncId__c", expression: "contactNumber" },
    { target: "LastName", expression },
  ];
  return mappingDocumentSchema.parse({
    ...{ kind: "individual", object: "Account", keyField: "[p]SyncId__c" },
    lines: [...needed, ...lines],
  });
}

/** One that can be published. */
function sound(expression: string): MappingDocument {
  const { lines, ...document } = large(expression);
  return { ...document, lines: lines.slice(0, 2) };
}

beforeEach(() => {
  for (const what of Object.keys(count) as (keyof typeof count)[]) count[what] = 0;
});

describe("a preview of a large draft", () => {
  const preview = (document: MappingDocument) =>
    previewMapping({ document, target, source: { contactNumber: "1", last: "x" }, context });

  test("reads each expression twice at most: as it is, and to be run; and no more the next time", async () => {
    const document = large();
    await preview(document);
    expect(count.parses).toBeLessThanOrEqual(2 * document.lines.length);
    count.parses = 0;
    await preview(document);
    expect(count.parses).toBe(0);
  });

  test("gives others a turn while it reads each line, and before it judges each line", async () => {
    const document = large();
    await preview({ ...document, filter: "$exists(contactNumber)" });
    expect(count.turns).toBeGreaterThanOrEqual(3 * document.lines.length);
  });
});

describe("publishing a draft", () => {
  let connectionId: number;
  let mappingId: number;
  const golden = { target, context, accept: [], holdsUp: true };
  /** Happens when the checks are done and the transaction is about to open. */
  let meanwhile: (() => Promise<unknown>) | null = null;

  beforeEach(async () => {
    const { db } = database;
    await db.execute(sql`truncate connection, audit_log cascade`);
    connectionId = await insertTestConnection(db);
    const named = { connectionId, name: "People", direction: "in", kind: "individual" } as const;
    const [row] = await db
      .insert(mapping)
      .values({ ...named, draft: sound("last") })
      .returning();
    mappingId = row?.id ?? 0;
    vi.restoreAllMocks();
    meanwhile = null;
    const real = db.transaction.bind(db);
    vi.spyOn(db, "transaction").mockImplementation((async (work: Parameters<typeof real>[0]) => {
      await meanwhile?.();
      count.open++;
      try {
        return await real(work);
      } finally {
        count.open--;
      }
    }) as typeof db.transaction);
  });

  const given = { comment: "why", actor: "ann", target, golden };
  const publishDraft = () => publish(database.db, { ...given, mappingId, revision: 1 });
  const setDraft = (draft: MappingDocument) => database.db.update(mapping).set({ draft });
  const keepSample = (expected: string) =>
    database.db.insert(goldenSample).values({
      mappingId,
      name: "Edna",
      changedBy: "ann",
      source: { contactNumber: "1", last: "x" },
      expected: {
        standing: "write",
        fields: {
          SyncId__c: { value: "1", when: "always" },
          LastName: { value: expected, when: "always" },
        },
      },
    });

  test("checks it and tries its samples before the transaction, which holds the mapping's row, opens", async () => {
    await setDraft(large());
    expect(await publishDraft()).toMatchObject({ outcome: "refused" });
    expect(count.parses).toBeGreaterThanOrEqual(many);
    await setDraft(sound("$trim(last)"));
    await keepSample("x");
    expect(await publishDraft()).toMatchObject({ outcome: "published", number: 1 });
    expect(count.turns).toBeGreaterThan(0);
    expect([count.parsesInside, count.turnsInside]).toEqual([0, 0]);
  });

  test("so does restoring", async () => {
    await publishDraft();
    await setDraft(sound("$trim(last)"));
    await publishDraft();
    count.turnsInside = 0;
    const restored = await restore(database.db, { ...given, mappingId, versionNumber: 1 });
    expect(restored).toMatchObject({ outcome: "published", number: 3 });
    expect([count.parsesInside, count.turnsInside]).toEqual([0, 0]);
  });

  test("sees a value map that was removed in between", async () => {
    const entries = { values: {}, otherwise: "leave" } as const;
    await database.db.insert(valueMap).values({ connectionId, name: "titles", entries, updatedBy: "ann" });
    await setDraft(sound('$valueMap("titles", last)'));
    meanwhile = () => database.db.delete(valueMap);
    expect(await publishDraft()).toMatchObject({ outcome: "refused", problems: [{ target: "LastName" }] });
  });

  test("sees a golden sample that was kept in between", async () => {
    meanwhile = () => keepSample("y");
    expect(await publishDraft()).toMatchObject({ outcome: "unexpected", checks: [{ name: "Edna" }] });
  });

  test("sees a draft that was saved in between", async () => {
    meanwhile = () => database.db.update(mapping).set({ draftRevision: 2 });
    expect(await publishDraft()).toMatchObject({ outcome: "conflict", draft: { revision: 2 } });
  });

  describe("and the value maps that it names", () => {
    const place = () => ({ connectionId, name: "titles", actor: "ann" });
    const entries = { values: {}, otherwise: "hold" } as const;
    const naming = () => {
      const document = large();
      const lines = document.lines.map(({ expression, ...line }) => ({
        ...line,
        expression: `$valueMap("titles", ${expression})`,
      }));
      return { ...document, lines };
    };

    test("are looked for with a turn for others before each line", async () => {
      await putValueMap(database.db, { ...place(), revision: null, entries });
      await setDraft(naming());
      count.turns = 0;
      expect(await valueMapSummaries(database.db, connectionId)).toMatchObject([{ name: "titles" }]);
      expect(count.turns).toBeGreaterThanOrEqual(many);
    });

    test("are looked for before the transaction that saves or removes one of them, which holds the connection", async () => {
      await putValueMap(database.db, { ...place(), revision: null, entries });
      await setDraft(sound('$valueMap("titles", last)'));
      expect(await publishDraft()).toMatchObject({ outcome: "published" });
      Object.assign(count, { turns: 0, parsesInside: 0, turnsInside: 0 });
      const changed = { ...entries, values: { MR: "Mr." } };
      expect(await putValueMap(database.db, { ...place(), revision: 1, entries: changed })).toMatchObject({
        outcome: "saved",
      });
      const decided = { ...place(), codes: ["DR"], decision: { value: "Dr." } };
      expect(await decideCodes(database.db, decided)).toMatchObject({ outcome: "saved" });
      expect(await dropValueMap(database.db, { ...place(), revision: 3 })).toMatchObject({ outcome: "used" });
      expect(count.turns).toBeGreaterThanOrEqual(3);
      expect([count.parsesInside, count.turnsInside]).toEqual([0, 0]);
    });

    test("are those of what was published in between, too", async () => {
      await putValueMap(database.db, { ...place(), revision: null, entries });
      await setDraft(sound('$valueMap("titles", last)'));
      meanwhile = async () => {
        meanwhile = null;
        await publishDraft();
      };
      expect(await dropValueMap(database.db, { ...place(), revision: 1 })).toMatchObject({ outcome: "used" });
    });
  });
});
