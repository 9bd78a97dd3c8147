import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { countSlice, openCensuses } from "@/lib/comparison/census";
import { defaultValueMaps } from "@/lib/core/mapping/defaults/defaults";
import type { ValueMapEntries } from "@/lib/core/mapping/document";
import { patientFor, type Patience } from "@/lib/sync/patience";
import { person } from "@/lib/sync/test-world";
import { changeCensus, startCensus } from "./census";
import { createMapping } from "./create";
import { feedReprocesses } from "./feed-reprocess";
import { countMapChange, mapCensus } from "./map-census";
import { publish } from "./publish";
import { getMapping } from "./read";
import { runAgain, stopMapping } from "./stop";
import { reprocessStatus, startReprocess } from "./reprocess";
import { capitals, named, reprocessWorld } from "./test-reprocess-world";

const {
  mappingId,
  reload,
  publishFirstName,
  count,
  startCounted,
  start,
  change,
  status,
  firstNames,
  due,
  work,
  world,
  rows,
  contacts,
  drain,
} = reprocessWorld();

describe("the records whose result a version changes", () => {
  const census = async () => (await status()).census;
  const slice = async () => {
    const [open] = await openCensuses(world.deps.db);
    return open ? countSlice({ ...world.deps, sliceMs: Infinity }, open.id) : false;
  };
  const steer = async (change: "pause" | "resume" | "cancel") => {
    const censusId = (await census())?.id ?? 0;
    return changeCensus(world.deps.db, { mappingId: mappingId(), censusId, change, actor: "ann" });
  };

  /** The first version of another mapping of individuals, to contacts; what to re-process it with. */
  async function publishPreferences() {
    const { connectionId, deps } = world;
    const given = { kind: "individual", object: "Contact", keyField: "[p]SyncId__c" } as const;
    await createMapping(deps.db, { connectionId, name: "preferences", ...given, actor: "ann" });
    const made = await getMapping(deps.db, { connectionId, name: "preferences" });
    const order = { mappingId: made?.id ?? 0, actor: "ann" };
    const first = { revision: made?.draft.revision ?? 0, comment: "first", target: null };
    const result = await publish(deps.db, { ...order, ...first });
    if (result.outcome !== "published") throw new Error(result.outcome);
    await reload();
    return { ...order, versionId: result.versionId };
  }
  const contactsWritten = () =>
    world.org.rows
      .filter(({ object }) => object === "Contact")
      .map(({ key }) => key)
      .sort();

  /** Every other one has the name in capitals already. */
  async function many(number: number): Promise<void> {
    const nameOf = (nth: number) => (nth % 2 === 0 ? "Edna" : "EDNA");
    await contacts(
      ...Array.from({ length: number }, (_, nth) => named(`x${String(nth).padStart(4, "0")}`, nameOf(nth))),
    );
    await drain();
    world.org.writes.length = 0;
  }

  test("are counted slice by slice; one that is cut short is taken again, and another worker goes on", async () => {
    await many(1_000);
    await publishFirstName(capitals);
    expect(await census()).toMatchObject({ state: "running", total: null, looked: 0 });
    expect(await slice()).toBe(true);
    expect(await census()).toMatchObject({ state: "running", total: 1_000, looked: 400, changed: 200 });
    const crashing = { ...world.deps, settings: undefined as unknown as typeof world.deps.settings };
    const [open] = await openCensuses(world.deps.db);
    await expect(countSlice(crashing, open?.id ?? 0)).rejects.toThrow();
    expect(await census()).toMatchObject({ state: "running", looked: 400, changed: 200 });
    const both = [slice(), slice()];
    expect((await Promise.all(both)).filter(Boolean)).toHaveLength(1);
    await count();
    expect(await census()).toMatchObject({ state: "done", looked: 1_000, changed: 500, left: 500 });
    expect(world.org.writes).toEqual([]);
  });

  test("can be paused, gone on with and cancelled", async () => {
    await many(1_000);
    const versionId = await publishFirstName(capitals);
    await slice();
    expect(await steer("pause")).toEqual({ outcome: "done" });
    expect(await slice()).toBe(false);
    expect(await startCounted(versionId)).toEqual({ outcome: "moved-on" });
    await steer("resume");
    await slice();
    await steer("cancel");
    expect(await census()).toMatchObject({ state: "cancelled", looked: 800 });
    expect(await steer("pause")).toEqual({ outcome: "moved-on" });
    await steer("resume");
    await count();
    expect(await census()).toMatchObject({ state: "done", looked: 1_000, changed: 500 });
  });

  test("are those that changed or came meanwhile only where the new version did not see them yet", async () => {
    await contacts(named("1", "Edna"), named("2", "Odile"), named("3", "Renée"));
    await drain();
    const versionId = await publishFirstName(capitals);
    await count();
    await rows(sql`delete from record where key = '1'`);
    await contacts(named("2", "Zoé"));
    expect(await census()).toMatchObject({ changed: 3, left: 2 });
    await startCounted(versionId);
    await work();
    expect(firstNames()).toEqual(["Edna", "ZOÉ", "RENÉE"]);
    expect((await status()).run).toMatchObject({ state: "done", total: 2, through: 2, written: 2 });
    await contacts(named("4", "Ada"));
    await drain();
    expect((await census())?.left).toBe(0);
  });

  test("are also those that carry the result of a version before, which nobody took them through", async () => {
    await contacts(named("1", "Edna"), named("2", "Ödile"));
    await drain();
    await publishFirstName(capitals);
    const third = await publishFirstName(`$replace(${capitals}, "Ö", "OE")`);
    await start(third);
    expect(await census()).toMatchObject({ changed: 2 });
    await work();
    expect(firstNames()).toEqual(["EDNA", "OEDILE"]);
    await publishFirstName(`$replace(${capitals}, "Ö", "O")`);
    await count();
    expect(await census()).toMatchObject({ changed: 1 });
  });

  test("are found again however many versions ago they were left behind", async () => {
    await contacts(named("1", "Edna"), named("2", "ODILE"));
    await drain();
    for (let nth = 1; nth <= 7; nth++)
      await publishFirstName(`individualContact.individualFirstName & "${nth}"`);
    await publishFirstName(capitals);
    await count();
    expect(await census()).toMatchObject({ changed: 1, left: 1 });
  });

  test("are those that a first version would write, though they came long before it", async () => {
    await contacts(named("1", "Edna"), named("2", "Odile"));
    await drain();
    const order = await publishPreferences();
    await count();
    const { census } = (await reprocessStatus(world.deps.db, order.mappingId)) ?? {};
    expect(census).toMatchObject({ total: 2, left: 2 });
    await startReprocess(world.deps.db, order);
    await work();
    expect(contactsWritten()).toEqual(["1", "2"]);
  });

  test("are also those that the re-processing of another mapping made due, which may be cancelled", async () => {
    await contacts(named("1", "Edna"), named("2", "Odile"));
    await drain();
    await start(await publishFirstName(capitals));
    await feedReprocesses(world.deps.db);
    expect(await due()).toBe(2);
    const order = await publishPreferences();
    await count();
    expect((await reprocessStatus(world.deps.db, order.mappingId))?.census).toMatchObject({ changed: 2 });
    await change("cancel");
    expect(await due()).toBe(0);
    await startReprocess(world.deps.db, order);
    await work();
    const { run } = (await reprocessStatus(world.deps.db, order.mappingId)) ?? {};
    expect(run).toMatchObject({ state: "done", total: 2, written: 2 });
    expect(contactsWritten()).toEqual(["1", "2"]);
  });

  test("are those that came while the mapping was stopped, once it runs again", async () => {
    await contacts(named("1", "Edna"), named("2", "Odile"));
    await drain();
    const order = { mappingId: mappingId(), actor: "ann" };
    await stopMapping(world.deps.db, order);
    await contacts(named("1", "Zoé"), named("3", "Renée"));
    // As another mapping of the kind leaves them.
    await rows(sql`update record_direction set state = 'idle', synced_version = version`);
    const published = await runAgain(world.deps.db, { ...order, target: null });
    await count();
    expect(await census()).toMatchObject({ state: "done", total: 3, changed: 2, left: 2 });
    await startCounted(published.outcome === "published" ? published.versionId : 0);
    await work();
    expect(firstNames()).toEqual(["Zoé", "Odile", "Renée"]);
  });

  test("are not those that are on their way by themselves", async () => {
    await contacts(named("1", "Edna"), named("2", "Odile"));
    await drain();
    await contacts(named("2", "Zoé"));
    await publishFirstName(capitals);
    await count();
    expect(await census()).toMatchObject({ looked: 2, changed: 1 });
  });

  test("are also those of a re-processing that goes on, which the next one takes in", async () => {
    await contacts(named("1", "Edna"), named("2", "Odile"));
    await drain();
    await start(await publishFirstName(capitals));
    await feedReprocesses(world.deps.db);
    expect(await due()).toBe(2);
    const versionId = await publishFirstName(`$trim(${capitals})`);
    await count();
    expect((await status()).run).toMatchObject({ state: "running" });
    expect(await census()).toMatchObject({ changed: 2, left: 2 });
    await startCounted(versionId);
    await work();
    expect(firstNames()).toEqual(["EDNA", "ODILE"]);
    expect((await status()).run).toMatchObject({ state: "done", versionId, total: 2, through: 2 });
  });

  test("end as those before where an expression is never in time, from slice to slice", async () => {
    await contacts(named("1", "Edna"));
    await drain();
    await publishFirstName(capitals);
    const patience: Patience = new Map();
    const line = world.deps.published.mappings
      .find((one) => one.mappingId === mappingId())
      ?.document.lines.findIndex(({ target }) => target === "FirstName");
    patience.set(line ?? 0, { inARow: patientFor, last: { code: "D1012", message: "too long" } });
    const [open] = await openCensuses(world.deps.db);
    await countSlice({ ...world.deps, patience }, open?.id ?? 0);
    expect(await rows(sql`select 1 from census_record`)).toHaveLength(1);
    expect(patience.get(line ?? 0)?.inARow).toBe(patientFor);
  });

  test("are none where a version only says less, or the same in other words", async () => {
    await contacts(named("1", "Edna"));
    await drain();
    await publishFirstName("$trim(individualContact.individualFirstName)");
    await count();
    expect(await census()).toMatchObject({ state: "done", changed: 0 });
    await publishFirstName("$lookup($, 'nothing')");
    await count();
    expect(await census()).toMatchObject({ state: "done", changed: 0 });
  });

  test("are made due although they had failed or were left out, but not while they wait for a person", async () => {
    await contacts(named("1", "Edna"), named("2", "Odile"), named("3", "Renée"));
    await drain();
    const is = (key: string, state: string, fault = "null") =>
      rows(sql`
        update record_direction d set state = ${state}, fault = ${fault}::jsonb
        from record r where r.id = d.record_id and r.key = ${key}`);
    await is("1", "failed", '{"code":"duplicates","sentence":"x"}');
    await is("2", "review");
    await is("3", "ignored");
    const versionId = await publishFirstName(capitals);
    await start(versionId);
    expect(await census()).toMatchObject({ total: 2, changed: 2 });
    await work();
    expect(firstNames()).toEqual(["EDNA", "Odile", "RENÉE"]);
  });

  test("stay left out when somebody cancels before their turn", async () => {
    await contacts(named("3", "Renée"));
    await drain();
    await rows(sql`update record_direction set state = 'ignored'`);
    await start(await publishFirstName(capitals));
    await feedReprocesses(world.deps.db);
    expect(await due()).toBe(1);
    await change("cancel");
    expect(await rows(sql`select state from record_direction`)).toEqual([{ state: "ignored" }]);
    expect((await census())?.left).toBe(1);
  });

  test("are not told while Salesforce was never asked for its fields", async () => {
    await contacts(named("1", "Edna"));
    await publishFirstName(capitals);
    const [open] = await openCensuses(world.deps.db);
    const describe = () => Promise.resolve({ facts: { prefix: "" }, objects: new Map() });
    const side = { ...world.org, describe: describe as unknown as typeof world.org.describe };
    expect(await countSlice({ ...world.deps, side }, open?.id ?? 0)).toBe(false);
    expect(await census()).toMatchObject({
      state: "failed",
      sentence: expect.stringMatching(/Ask Salesforce/),
    });
    await steer("resume");
    await count();
    expect(await census()).toMatchObject({ state: "done" });
  });

  test("are counted on demand for what was published before they could be", async () => {
    await contacts(named("1", "Edna"));
    await drain();
    const versionId = await publishFirstName(capitals);
    await rows(sql`delete from census`);
    expect(await census()).toBeNull();
    const begin = { mappingId: mappingId(), versionId, actor: "ann" };
    expect(await startCensus(world.deps.db, begin)).toEqual({ outcome: "done" });
    expect(await startCensus(world.deps.db, begin)).toEqual({ outcome: "moved-on" });
    await count();
    expect(await census()).toMatchObject({ changed: 1 });
  });

  describe("after a value map was saved", () => {
    const titled = (contactNumber: string, title: string) =>
      person(contactNumber, {
        individualContact: { title, individualFirstName: "Edna", individualLastName: "Frank" },
      });
    const before: ValueMapEntries = defaultValueMaps["titles"] ?? { values: {}, otherwise: "hold" };
    const salutations = () => world.org.rows.map(({ fields }) => fields["Salutation"]);
    const save = async (values: Record<string, string>) => {
      const entries = { ...before, values: { ...before.values, ...values } };
      await rows(sql`update value_map set entries = ${JSON.stringify(entries)}::jsonb where name = 'titles'`);
      await reload();
    };
    const begin = async () => {
      const { connectionId } = world;
      const given = { connectionId, name: "titles", actor: "ann" };
      return (await countMapChange(world.deps.db, given)).counted.map(({ name }) => name);
    };

    test("are those that used the codes, on demand", async () => {
      await contacts(titled("1", "MRS"), titled("2", "MR"));
      await drain();
      await save({ MRS: "Madam" });
      await work();
      expect(await census()).toBeNull();
      expect((await begin()).sort()).toEqual(["individual", "relay"]);
      await count();
      expect(await census()).toMatchObject({ total: 2, changed: 1, left: 1, valueMap: "titles" });
      await startCounted((await census())?.versionId ?? 0);
      await work();
      expect(salutations()).toEqual(["Madam", "Mr."]);
    });

    test("are those of every save, also when the map is as it was at first", async () => {
      await contacts(titled("1", "MRS"), titled("2", "MR"));
      await drain();
      await save({ MRS: "Madam" });
      await contacts(titled("2", "MRS"));
      await drain();
      expect(salutations()).toEqual(["Mrs.", "Madam"]);
      await save({});
      await begin();
      await count();
      await startCounted((await census())?.versionId ?? 0);
      await work();
      expect(salutations()).toEqual(["Mrs.", "Mrs."]);
    });

    test("forget nothing that a version changed, nor what its re-processing has not come to", async () => {
      await contacts(titled("1", "MRS"), titled("2", "MR"));
      await drain();
      await start(await publishFirstName(capitals));
      await feedReprocesses(world.deps.db);
      await change("pause");
      await save({ MRS: "Madam" });
      await begin();
      await count();
      expect(await census()).toMatchObject({ changed: 2, left: 2 });
      expect(await startCounted((await census())?.versionId ?? 0)).toEqual({ outcome: "done" });
      await work();
      expect(salutations()).toEqual(["Madam", "Mr."]);
      expect(firstNames()).toEqual(["EDNA", "EDNA"]);
    });

    test("are told to be found as long as nobody looked since the save, by whomever it was", async () => {
      const { connectionId } = world;
      const told = () => mapCensus(world.deps.db, { connectionId, name: "titles" });
      expect(await told()).toEqual({ uncounted: false, counted: [] });
      await rows(sql`update value_map set updated_at = now(), updated_by = 'ben' where name = 'titles'`);
      expect(await told()).toEqual({ uncounted: true, counted: [] });
      await begin();
      const { uncounted, counted } = await told();
      expect([uncounted, ...counted.map(({ name }) => name).sort()]).toEqual([false, "individual", "relay"]);
      await rows(sql`update value_map set updated_at = now() where name = 'titles'`);
      expect(await told()).toEqual({ uncounted: true, counted: [] });
    });

    test("are found again by the next publication, and by the count of another map", async () => {
      await contacts(titled("1", "MRS"), titled("2", "MR"));
      await drain();
      await save({ MRS: "Madam" });
      await begin();
      await count();
      expect(await census()).toMatchObject({ changed: 1, left: 1 });
      await publishFirstName("$trim(individualContact.individualFirstName)");
      await count();
      expect(await census()).toMatchObject({ changed: 1, left: 1, valueMap: null });
      await save({ MRS: "Madam", MR: "Sir" });
      await begin();
      await count();
      expect(await census()).toMatchObject({ changed: 2, left: 2, valueMap: "titles" });
    });

    test("are none while nothing is published", async () => {
      await rows(sql`update mapping set published_version_id = null`);
      expect(await begin()).toEqual([]);
    });
  });
});
