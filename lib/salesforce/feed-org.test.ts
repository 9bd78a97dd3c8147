import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { ChangedRow, FeedPage, FeedPosition, Side } from "@/lib/core/side";
import { openSalesforceSide } from "./side";
import { ago, back, feedOf } from "./test-feed";
import { startSimulatedOrg, type SimulatedOrg } from "./test-simulated-org";

let org: SimulatedOrg;
let side: Side;
beforeAll(async () => {
  org = await startSimulatedOrg();
});
beforeEach(async () => {
  await org.order("/reset", {});
  side = openSalesforceSide(org.config);
  await side.describe(["Account", "Contact"]);
});
afterAll(() => org.close());

const START: FeedPosition = { stamp: "2020-01-01T00:00:00.000Z", id: null };

async function page(object: string, after = START, deletedSince: string | null = null): Promise<FeedPage> {
  const { pages } = await side.changes([feedOf(object, { after, deletedSince })]);
  const [only] = pages;
  if (!only) throw new Error("no page");
  return only;
}

/** Reads to the end, page by page, doing something between the pages. */
async function readOn(object: string, between?: (page: number) => Promise<unknown>): Promise<ChangedRow[]> {
  const rows: ChangedRow[] = [];
  let after = START;
  for (let count = 1; ; count += 1) {
    const { changed, complete } = await page(object, after);
    rows.push(...changed);
    const last = changed.at(-1);
    if (last) after = { stamp: last.stamp, id: last.id };
    if (complete) return rows;
    await between?.(count);
  }
}

const doe = (more: object = {}): Record<string, unknown> => ({ LastName: "Doe", ...more });
const does = (count: number): Record<string, unknown>[] =>
  Array.from({ length: count }, (_, index) => doe({ FirstName: String(index) }));

describe("the change feed of the simulated org", () => {
  it("costs one call when nothing happened, deletions of both objects included", async () => {
    const now = ago(0);
    const requests = ["Account", "Contact"].map((object) =>
      feedOf(object, { after: { stamp: now, id: null }, deletedSince: now }),
    );
    const before = await org.apiCalls();
    const { pages, serverTime } = await side.changes(requests);
    expect((await org.apiCalls()) - before).toBe(1);
    expect(pages).toMatchObject([
      { object: "Account", changed: [], complete: true, deleted: [], deletionsLostBefore: null },
      { object: "Contact", changed: [], complete: true, deleted: [], deletionsLostBefore: null },
    ]);
    expect(Math.abs(Date.parse(serverTime) - Date.now())).toBeLessThan(5_000);
  });

  it("tells a person's edit from the connector's own", async () => {
    const write = (key: string) => ({
      ...{ rowId: key, object: "Contact", id: null, keyField: "SyncId__c", key },
    });
    await side.write([
      { ...write("1"), fields: { LastName: "Ours" }, rank: 0 },
      { ...write("2"), fields: { LastName: "Ours" }, rank: 0 },
    ]);
    const [second] = await org
      .records("Contact")
      .then((all) => all.filter((row) => row["SyncId__c"] === "2"));
    await org.save("Contact", { Id: second?.["Id"], LastName: "Theirs" });
    const { changed } = await page("Contact");
    const own = await side.userId();
    expect(changed.map(({ key, fields }) => [key, fields["LastName"]])).toEqual([
      ["1", "Ours"],
      ["2", "Theirs"],
    ]);
    expect(changed[0]?.modifiedBy).toMatchObject({ id: own, person: false });
    expect(changed[1]?.modifiedBy).toMatchObject({ person: true, name: expect.any(String) });
    expect(changed[1]?.modifiedBy.id).not.toBe(own);
  });

  it("reads 4,500 rows with one stamp in three pages, none twice and none missed", async () => {
    const ids = await back(5, () => org.save("Contact", ...does(4_500)));
    const before = await org.apiCalls();
    const rows = await readOn("Contact");
    expect((await org.apiCalls()) - before).toBe(3);
    expect(rows.map(({ id }) => id)).toEqual(ids.toSorted());
  });

  it("comes to the end when exactly a page is left", async () => {
    await org.save("Contact", ...does(2_000));
    expect(await readOn("Contact")).toHaveLength(2_000);
  });

  it("misses no edit that is made between two pages", async () => {
    const ids = await back(5, () => org.save("Contact", ...does(2_500)));
    const rows = await readOn("Contact", async () => {
      await org.save(
        "Contact",
        { Id: ids[0], LastName: "Again" },
        { Id: ids[2_400], LastName: "Later" },
        doe(),
      );
    });
    const last = new Map(rows.map((row) => [row.id, row.fields["LastName"]]));
    expect(last.size).toBe(2_501);
    expect(last.get(ids[0] ?? "")).toBe("Again");
    expect(last.get(ids[2_400] ?? "")).toBe("Later");
  });

  it("tells a person account once, as an account, and a contact with its account", async () => {
    const { facts } = await side.describe(["Account"]);
    const person = facts.recordTypes.find((type) => type.person)?.id;
    const [personId] = await org.save("Account", doe({ RecordTypeId: person, SyncId__c: "7" }));
    const [companyId] = await org.save("Account", { Name: "Company" });
    const [contactId] = await org.save("Contact", doe({ AccountId: companyId }));
    const accounts = (await page("Account")).changed;
    expect(accounts.map(({ id, key, personAccount }) => ({ id, key, personAccount }))).toEqual([
      { id: personId, key: "7", personAccount: true },
      { id: companyId, key: null, personAccount: false },
    ]);
    const contacts = (await page("Contact")).changed;
    expect(contacts).toMatchObject([{ id: contactId, accountId: companyId, personAccount: false }]);
  });

  it("works in an org without person accounts", async () => {
    await org.order("/org", { personAccounts: false });
    try {
      const business = openSalesforceSide(org.config);
      const [id] = await org.save("Account", { Name: "Company" });
      await org.save("Contact", doe());
      const requests = [
        feedOf("Account", { fields: ["Name"], after: START }),
        feedOf("Contact", { after: START }),
      ];
      const { pages } = await business.changes(requests);
      expect(pages[0]?.changed).toMatchObject([{ id, personAccount: false, accountId: null }]);
      expect(pages[1]?.changed).toMatchObject([{ accountId: null }]);
    } finally {
      await org.order("/org", { personAccounts: true });
    }
  });

  it("may end the session at any time", async () => {
    await org.save("Contact", doe());
    await org.order("/faults", { kind: "expire-sessions" });
    expect((await page("Contact")).changed).toHaveLength(1);
  });

  it("says when the org is down, and reads on later", async () => {
    await org.save("Contact", doe());
    await org.order("/faults", { kind: "status", status: 503, times: 1, match: "composite" });
    await expect(page("Contact")).rejects.toMatchObject({ fault: { code: "org_unavailable" } });
    expect((await page("Contact")).changed).toHaveLength(1);
  });

  it("says when a field was taken from the connector's user", async () => {
    await org.order("/permissions", { object: "Contact", fields: { Email: { read: false, edit: false } } });
    const request = feedOf("Contact", { fields: ["Email"], after: START });
    await expect(side.changes([request])).rejects.toMatchObject({ fault: { code: "field_missing" } });
  });
});
