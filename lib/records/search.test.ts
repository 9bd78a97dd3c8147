import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { testDatabase } from "@/testing/database";
import type { RecordFilter } from "./contract";
import { countMatches, countStates, searchRecords } from "./search";
import { named, openWorld, person, relay, sale, structure, type World } from "./test-world";

const database = testDatabase();
let world: World;

const find = async (filter: RecordFilter) =>
  (await searchRecords(database.db, { connectionId: world.connectionId, limit: 50, ...filter })).rows;
const keys = async (filter: RecordFilter) => (await find(filter)).map((row) => row.key).sort();

beforeEach(async () => {
  world = await openWorld(database.db);
});

describe("searching", () => {
  beforeEach(async () => {
    await world.contacts(
      person("0012030", named("Edna", "Lefèvre", "edna.lefevre@mail.example")),
      person("0012031", named("Edgar", "O'Neil\\", "edgar@mail.example")),
      structure("0012002"),
    );
    await world.orders(sale(4711, "0012030"));
    await world.drain();
  });

  it("finds a contact by its number, with or without its leading zeros", async () => {
    expect(await keys({ q: "0012030" })).toEqual(["0012030"]);
    expect(await keys({ q: " 12030 " })).toEqual(["0012030"]);
    expect(await keys({ q: "2030" })).toEqual([]);
  });

  it("finds orders and operations by their ids", async () => {
    expect(await find({ q: "4711" })).toMatchObject([{ family: "order", kind: "order" }]);
    expect(await find({ q: "47110" })).toMatchObject([{ family: "operation", label: "Jazz" }]);
  });

  it("finds people by the beginning of their e-mail or name, whatever the case", async () => {
    expect(await keys({ q: "EDNA.LEF" })).toEqual(["0012030"]);
    expect(await keys({ q: "ed" })).toEqual(["0012030", "0012031"]);
    expect(await keys({ q: "lefèvre" })).toEqual(["0012030"]);
    expect(await keys({ q: "edna lef" })).toEqual(["0012030"]);
    expect(await keys({ q: "Lef  Edn" })).toEqual(["0012030"]);
    expect(await keys({ q: "edna o" })).toEqual([]);
    expect(await keys({ q: "étoi" })).toEqual(["0012002"]);
  });

  it("takes quotes, backslashes and operators for what they are", async () => {
    expect(await keys({ q: "o'neil\\" })).toEqual(["0012031"]);
    for (const q of ["'", "\\", "' | 'x", "%", "_", "a & !", ":*", "\0"]) {
      await expect(find({ q })).resolves.toBeDefined();
    }
    expect(await keys({ q: "%" })).toEqual([]);
  });

  it("finds a record by its Salesforce id of 15 or 18 characters", async () => {
    await database.db.execute(
      sql`update link set salesforce_id = '001D000000IRFmaIAH' where record_id = ${await world.idOf("0012030")}`,
    );
    expect(await keys({ q: "001D000000IRFma" })).toEqual(["0012030"]);
    expect(await keys({ q: "001D000000IRFmaIAH" })).toEqual(["0012030"]);
    expect(await keys({ q: "001d000000irfma" })).toEqual([]);
  });

  it("shows where a record stands and what it is in Salesforce", async () => {
    const [row] = await find({ q: "0012030" });
    expect(row).toMatchObject({
      family: "contact",
      kind: "individual",
      label: "Edna Lefèvre",
      state: "idle",
      fault: null,
      salesforce: { object: "Account", id: expect.stringMatching(/^id-/) as string },
    });
  });

  it("stays within its connection", async () => {
    const rows = await searchRecords(database.db, {
      connectionId: world.connectionId + 1,
      limit: 50,
      q: "ed",
    });
    expect(rows).toEqual({ rows: [], next: null });
  });
});

describe("filtering", () => {
  beforeEach(async () => {
    world.org.refuse = (row) =>
      row.key === "1" || row.key === "10" ? { code: "validation_rule", sentence: "Refused." } : null;
    await world.contacts(person("1"), person("2"), relay("3", "99"));
    await world.orders(sale(1, "2", 2), sale(2, "2"));
    await world.drain();
  });

  it("narrows to a state, with the sentence that explains it", async () => {
    expect(await keys({ state: "failed" })).toEqual(["1", "10"]);
    expect((await find({ state: "failed" }))[0]?.fault?.sentence).toBe("Refused.");
    expect(await keys({ state: "waiting" })).toEqual(["3"]);
  });

  it("narrows to a stream and to a kind", async () => {
    expect(await keys({ stream: "contacts-in" })).toEqual(["1", "2", "3", "99"]);
    expect(await keys({ stream: "orders-in", state: "failed" })).toEqual(["10"]);
    expect(await keys({ kind: "order" })).toEqual(["1", "2"]);
  });

  it("narrows to what did not get through a re-processing", async () => {
    const run = async () => {
      const made = await database.db.execute<{ id: string }>(sql`
        with v as (
          select mv.id, mv.mapping_id from mapping_version mv join mapping m on m.id = mv.mapping_id where m.kind = 'individual'
        ), c as (
          insert into census (mapping_id, version_id, started_by) select mapping_id, id, 'ann' from v
          returning id, mapping_id, version_id
        ), found as (
          insert into census_record (census_id, record_id, was)
          select c.id, r.id, case when r.key <> '10' then 'idle' end from c, record r
        )
        insert into reprocess (mapping_id, version_id, census_id, total, started_by, started_at)
        select mapping_id, version_id, id, 3, 'ann', now() - interval '1 hour' from c returning id`);
      return Number(made.rows[0]?.id);
    };
    const id = await run();
    expect(await keys({ run: id })).toEqual(["1"]);
    expect(await keys({ run: id, state: "waiting" })).toEqual([]);
    expect(await keys({ run: id + 1 })).toEqual([]);
  });

  it("narrows to what an import brought; in trouble is what its report counts so", async () => {
    const begun = async (since: string) =>
      Number(
        (
          await database.db.execute<{ id: string }>(sql`
            insert into import_run (connection_id, stream, since, canary, canary_step, started_by, closed_at)
            values (${world.connectionId}, 'contacts-in', ${since}, 50, 50, 'ann', now()) returning id`)
        ).rows[0]?.id,
      );
    const [id, other] = [await begun("2020-01-01"), await begun("2021-01-01")];
    await database.db.execute(sql`
      insert into import_record (import_id, record_id, counted, written, ended_as)
      select ${id}, r.id, true, r.family <> 'order', case r.key when '3' then 'written' when '1' then 'failed' else 'waiting' end
      from record r where r.key in ('1', '2', '3', '99')`);
    await database.db.execute(sql`
      update record_direction d set state = 'failed' from record r
      where r.id = d.record_id and r.family = 'contact' and r.key in ('1', '2', '3')`);
    expect(await keys({ imported: id, stream: "contacts-in" })).toEqual(["1", "2", "3", "99"]);
    expect(await keys({ imported: id, state: "failed", stream: "contacts-in" })).toEqual(["1", "2"]);
    expect(await keys({ imported: id, state: "review" })).toEqual([]);
    expect(await keys({ imported: other })).toEqual([]);
    expect(await countMatches(database.db, world.connectionId, { imported: id, state: "failed" })).toEqual({
      number: 2,
      more: false,
    });
  });

  it("shows an order as the worst of its operations", async () => {
    const orders = await find({ kind: "order" });
    expect(orders.map(({ key, state }) => [key, state]).sort()).toEqual([
      ["1", "failed"],
      ["2", "idle"],
    ]);
    expect(await keys({ kind: "order", state: "failed" })).toEqual(["1"]);
  });

  it("shows what is only known because others wait for it", async () => {
    const [stub] = await find({ q: "99" });
    expect(stub).toMatchObject({ kind: null, label: null, state: null, salesforce: null });
  });

  it("counts matches up to a limit, and records by state", async () => {
    expect(await countMatches(database.db, world.connectionId, { state: "failed" })).toEqual({
      number: 2,
      more: false,
    });
    expect(await countStates(database.db, world.connectionId)).toMatchObject({
      failed: 2,
      waiting: 1,
      idle: 3,
    });
    expect(await countStates(database.db, world.connectionId, "contacts-in")).toMatchObject({
      failed: 1,
      idle: 1,
    });
  });
});

describe("paging", () => {
  it("gives every record once, newest first, also when many share a moment", async () => {
    await world.contacts(...Array.from({ length: 12 }, (_, index) => person(`A${index}`)));
    await world.orders(sale(1, undefined, 6));
    const seen: string[] = [];
    let cursor: string | undefined;
    for (let page = 0; page < 10; page++) {
      const found = await searchRecords(database.db, {
        connectionId: world.connectionId,
        limit: 5,
        ...(cursor && { cursor }),
      });
      seen.push(...found.rows.map((row) => row.key));
      if (found.next === null) break;
      cursor = found.next;
    }
    expect(seen).toHaveLength(19);
    expect(new Set(seen).size).toBe(19);
    expect(seen.slice(0, 7).every((key) => !key.startsWith("A"))).toBe(true);
  });

  it("neither repeats nor shifts what is behind the cursor when a new record comes in between", async () => {
    await world.contacts(person("1"));
    await world.contacts(person("2"));
    await world.contacts(person("3"));
    const first = await searchRecords(database.db, { connectionId: world.connectionId, limit: 2 });
    await world.contacts(person("4"));
    const second = await searchRecords(database.db, {
      connectionId: world.connectionId,
      limit: 2,
      cursor: first.next ?? "",
    });
    expect(second.rows.map((row) => row.key)).toEqual(["1"]);
    expect(second.next).toBeNull();
  });

  it("gives the first page for a cursor it cannot read", async () => {
    await world.contacts(person("1"));
    const page = await searchRecords(database.db, {
      connectionId: world.connectionId,
      limit: 2,
      cursor: "x",
    });
    expect(page.rows).toHaveLength(1);
  });
});
