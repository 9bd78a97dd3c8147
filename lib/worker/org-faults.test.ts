/** The org refuses as a whole, by its simulator: the connection waits, asks seldom, and goes on by itself. */
import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { orgWorld, person } from "./test-org-world";

const hour = 60 * 60_000;
const dailyApiRequests = 100;
const w = orgWorld({ dailyApiRequests });

const people = (count: number) => Array.from({ length: count }, (_, index) => person(String(index)));

async function allWrittenOnce(count: number): Promise<void> {
  const accounts = await w.records("Account");
  expect(accounts.map(({ SyncId__c: key }) => String(key)).sort()).toEqual(
    people(count)
      .map(({ contactNumber }) => contactNumber)
      .sort(),
  );
  expect(await w.rows(sql`select distinct state, attempts from record_direction`)).toEqual([
    { state: "idle", attempts: 0 },
  ]);
  expect(await w.held()).toBeUndefined();
}

describe("the calls of a day are used up", () => {
  it("holds the connection, asks at most every seven minutes, and goes on when the first calls are free again", async () => {
    await w.connect({ salesforce: ", dailyCalls: 100%" });
    await w.othersCall(dailyApiRequests + 1);
    await w.contacts(...people(20));
    // The most urgent lane: others have given way before the org refuses (budget.test.ts).
    await w.database.db.execute(sql`update record_direction set lane = 0`);
    await w.control("DELETE", "calls");
    await w.work(23 * hour);
    expect(await w.rows(sql`select distinct state, attempts from record_direction`)).toEqual([
      { state: "pending", attempts: 0 },
    ]);
    expect(await w.held()).toMatchObject({ code: "org_limit" });
    const asked = await w.calls("/services/data");
    expect(asked.length).toBeGreaterThan(20);
    expect(asked.length).toBeLessThan(60);
    await w.work(3 * 24 * hour);
    await allWrittenOnce(20);
  });
});

describe("the sign-in is refused", () => {
  it("asks for a token every ten minutes or so and for nothing else; a new secret ends the hold at once", async () => {
    await w.connect({ secret: "wrong" });
    await w.contacts(...people(3));
    await w.work(6 * hour);
    expect(await w.held()).toMatchObject({ code: "sign_in" });
    expect((await w.calls("/oauth2/token")).length).toBeGreaterThan(20);
    expect((await w.calls("/oauth2/token")).length).toBeLessThan(65);
    expect(await w.calls("/services/data")).toEqual([]);
    await w.connect();
    await w.drain();
    await allWrittenOnce(3);
  });

  it("asks no more than three times when every session it gets is refused", async () => {
    await w.fault({
      kind: "status",
      status: 401,
      code: "INVALID_SESSION_ID",
      message: "Session expired or invalid",
      times: 1000,
    });
    await w.contacts(person("0"));
    await w.drain();
    expect((await w.calls()).filter(({ path }) => !path.includes("__control")).length).toBeLessThanOrEqual(4);
    expect(await w.held()).toMatchObject({ code: "sign_in", times: 1 });
    await w.control("DELETE", "faults");
    await w.work(hour);
    await allWrittenOnce(1);
  });
});

describe.each([
  ["is down", { status: 503, code: "SERVER_UNAVAILABLE", message: "down" }, "org_unavailable"],
  [
    "has too many long calls",
    { status: 403, code: "REQUEST_LIMIT_EXCEEDED", message: "ConcurrentPerOrgLongTxn Limit exceeded." },
    "org_crowded",
  ],
  ["is not found at its address", { status: 420, code: "HTTP_420", message: "no route" }, "org_unreachable"],
])("the org %s", (_, fault, code) => {
  it("holds the connection and not the records, and goes on by itself", async () => {
    await w.fault({ kind: "status", ...fault, times: 6 });
    await w.contacts(...people(5));
    await w.drain();
    expect(await w.held()).toMatchObject({ code, times: 1 });
    expect(await w.rows(sql`select distinct state, attempts from record_direction`)).toEqual([
      { state: "pending", attempts: 0 },
    ]);
    await w.work(hour);
    await allWrittenOnce(5);
  });
});

it("rows that a common parent locked come again apart from each other", async () => {
  const structure = { contactNumber: "s", type: "STRUCTURE", structureContact: { officialName: "Étoile" } };
  const relays = Array.from({ length: 40 }, (_, index) => ({
    ...person(`r${index}`),
    role: "RELAY",
    contactConnections: [{ contactNumber: "s" }],
  }));
  await w.contacts(structure);
  await w.drain();
  await w.fault({ kind: "row-lock", object: "Contact", times: 40 });
  await w.contacts(...relays);
  await w.drain();
  expect(
    await w.rows(sql`
      select round(extract(epoch from due_at - min(due_at) over ()) / 2)::int as turn, count(*)::int as records
      from record_direction where state = 'retrying' group by due_at order by 1`),
  ).toEqual([0, 1, 2, 3].map((turn) => ({ turn, records: 10 })));
});
