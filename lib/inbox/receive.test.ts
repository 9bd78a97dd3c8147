import { readFileSync } from "node:fs";
import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { readContacts, readOrders } from "@/lib/s360/inbound";
import { portray } from "@/lib/s360/portrait";
import { insertTestConnection } from "@/testing/connection";
import { testDatabase } from "@/testing/database";
import { receive } from "./receive";

const database = testDatabase();
let connectionId: number;

const contacts = (text: string) =>
  receive(database.db, {
    connectionId,
    stream: "contacts-in",
    direction: "in",
    items: readContacts(text),
    portray,
  });
const orders = (text: string) =>
  receive(database.db, {
    connectionId,
    stream: "orders-in",
    direction: "in",
    items: readOrders(text),
    portray,
  });

const rows = async (query: ReturnType<typeof sql>) => (await database.db.execute(query)).rows;
const stateOf = async (key: string) =>
  (
    await rows(sql`select s360_state from record where key = ${key} and connection_id = ${connectionId}`)
  )[0]?.["s360_state"];

beforeEach(async () => {
  await database.db.execute(sql`truncate connection cascade`);
  connectionId = await insertTestConnection(database.db);
});

describe("receiving", () => {
  it("replaces a section that is present and keeps one that is absent", async () => {
    await contacts(
      '[{"contactNumber":"1","type":"INDIVIDUAL","addresses":[{"town":"Köln"}],"function":"x"}]',
    );
    await contacts('[{"contactNumber":"1","addresses":[]}]');
    await contacts('[{"contactNumber":"1","function":null}]');
    expect(await stateOf("1")).toEqual({
      contactNumber: "1",
      type: "INDIVIDUAL",
      addresses: [],
      function: null,
    });
  });

  it("keeps one version for each event, also when a call brings two states of one number", async () => {
    await contacts(
      '[{"contactNumber":"1","type":"INDIVIDUAL","a":1},{"contactNumber":"2","type":"INDIVIDUAL"},{"contactNumber":"1","a":2}]',
    );
    const touched = await rows(sql`
      select e.position, r.key, er.version from event_record er join event e on e.id = er.event_id join record r on r.id = er.record_id
      order by e.position`);
    expect(touched).toEqual([
      { position: 0, key: "1", version: 1 },
      { position: 1, key: "2", version: 1 },
      { position: 2, key: "1", version: 2 },
    ]);
    expect(await stateOf("1")).toMatchObject({ a: 2, type: "INDIVIDUAL" });
  });

  it("keeps the kind of a relay when a partial event does not repeat its role", async () => {
    await contacts('[{"contactNumber":"1","type":"INDIVIDUAL","role":"RELAY"}]');
    await contacts('[{"contactNumber":"1","type":"INDIVIDUAL","addresses":[]}]');
    expect(await rows(sql`select kind from record`)).toEqual([{ kind: "relay" }]);
  });

  it("ends unusable items at once and stores their text", async () => {
    const receipt = await contacts('[null,{"contactNumber":"1","type":"INDIVIDUAL"}]');
    expect(receipt).toMatchObject({ items: 2, ended: 1, records: 1 });
    expect(await rows(sql`select raw, outcome, fault->>'code' as code from event order by position`)).toEqual(
      [
        { raw: "null", outcome: "failed", code: "unusable_item" },
        { raw: '{"contactNumber":"1","type":"INDIVIDUAL"}', outcome: null, code: null },
      ],
    );
  });

  it("files operations under their order and touches all of them when the order changes", async () => {
    await orders('[{"orderId":1,"remark":"a","operationDatas":[{"operationId":11},{"operationId":12}]}]');
    await orders('[{"orderId":1,"remark":"b","operationDatas":[{"operationId":11}]}]');
    await orders('[{"orderId":1,"remark":"b","operationDatas":[{"operationId":11}]}]');
    const versions = await rows(sql`
      select r.key, d.version, p.key as parent from record r join record_direction d on d.record_id = r.id
      join record p on p.id = r.parent_id order by r.key`);
    expect(versions).toEqual([
      { key: "11", version: 3, parent: "1" },
      { key: "12", version: 2, parent: "1" },
    ]);
    expect(await stateOf("1")).toEqual({ orderId: 1, remark: "b", operationIds: ["11"] });
  });

  it("ends an order that lost all its operations with them, and one that never had any at once", async () => {
    await orders('[{"orderId":1,"operationDatas":[{"operationId":11}]}]');
    await orders('[{"orderId":1,"operationDatas":[]},{"orderId":2,"operationDatas":[]}]');
    expect(
      await rows(sql`select e.outcome, r.key from event e left join event_record er on er.event_id = e.id
      left join record r on r.id = er.record_id and r.family = 'operation' where e.raw like '%[]%' and (r.id is not null or e.raw like '%2%')
      order by e.id`),
    ).toEqual([
      { outcome: null, key: "11" },
      { outcome: "ignored", key: null },
    ]);
  });

  it("says nothing of an order's operations where one of them cannot be read, or none are told", async () => {
    await orders('[{"orderId":1,"operationDatas":[{"operationId":11},{"operationId":null}]}]');
    await orders('[{"orderId":2,"remark":"x"}]');
    expect([await stateOf("1"), await stateOf("2")]).toEqual([{ orderId: 1 }, { orderId: 2, remark: "x" }]);
  });

  it("takes the edge payloads whole: nothing in them makes the database refuse", async () => {
    const contactText = readFileSync("e2e/payloads/contacts-edge.json", "utf8");
    const orderText = readFileSync("e2e/payloads/orders-edge.json", "utf8");
    expect(await contacts(contactText)).toMatchObject({ items: 18, ended: 2, records: 15 });
    expect(await orders(orderText)).toMatchObject({ items: 10, ended: 2 });
    const notes = await rows(sql`select note from event where note is not null`);
    expect(notes).toEqual([{ note: "1 NUL character removed" }]);
    const big = await rows(sql`select key from record where family = 'order' and length(key) > 15`);
    expect(big).toEqual([{ key: "90071992547409931" }]);
  });

  it("survives calls that change one order of many operations at the same moment", async () => {
    const order = (remark: string, from: number, count: number) =>
      orders(
        JSON.stringify([
          {
            orderId: 7,
            remark,
            operationDatas: Array.from({ length: count }, (_, i) => ({ operationId: 1_000 + from + i })),
          },
        ]),
      );
    await order("first", 0, 60);
    await Promise.all(Array.from({ length: 12 }, (_, i) => order(`remark ${i}`, i * 5, 5)));
    const [sum] = await rows(
      sql`select count(*)::int as operations, min(version) as least from record_direction`,
    );
    expect(sum).toEqual({ operations: 60, least: 13 });
  });

  it("keeps what the database refuses as a failed event, and its neighbours as they are", async () => {
    await database.db.execute(sql`alter table record alter column label type varchar(20)`);
    const name = (individualLastName: string) => ({
      type: "INDIVIDUAL",
      individualContact: { individualLastName },
    });
    const items = [1, 2, 3, 4, 5].map((n) => ({
      contactNumber: `n${n}`,
      ...name(n === 3 ? "x".repeat(30) : "Frank"),
    }));
    expect(await contacts(JSON.stringify(items))).toMatchObject({ items: 5, ended: 1, records: 4 });
    await database.db.execute(sql`alter table record alter column label type text`);
    expect(
      await rows(
        sql`select position, outcome, payload_id = min(payload_id::text) over ()::uuid as same from event order by id`,
      ),
    ).toEqual(
      [0, 1, 2, 3, 4].map((position) => ({
        position,
        outcome: position === 2 ? "failed" : null,
        same: true,
      })),
    );
  });

  it("takes any name, also one of combining marks only", async () => {
    for (const mark of ["\u0308", "\ufe0f", "\u093e", " \u0308 "]) {
      const item = {
        contactNumber: "1",
        type: "INDIVIDUAL",
        individualContact: { individualLastName: mark },
      };
      expect(await contacts(JSON.stringify([item]))).toMatchObject({ ended: 0, records: 1 });
    }
  });

  it("survives calls that share records and come at the same moment", async () => {
    const call = (keys: string[]) =>
      contacts(JSON.stringify(keys.map((key) => ({ contactNumber: key, type: "INDIVIDUAL" }))));
    const keys = Array.from({ length: 50 }, (_, i) => String(i));
    await Promise.all(Array.from({ length: 8 }, (_, i) => call(i % 2 ? keys : [...keys].reverse())));
    const [sum] = await rows(
      sql`select count(*)::int as records, sum(version)::int as versions from record_direction`,
    );
    expect(sum).toEqual({ records: 50, versions: 400 });
  });
});
