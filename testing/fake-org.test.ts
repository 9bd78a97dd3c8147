import { describe, expect, it } from "vitest";
import type { FeedPage, FeedPosition, WriteRow } from "@/lib/core/side";
import { AUTOMATED, CONNECTOR, fakeOrg, PERSON, type FakeOrg } from "./fake-org";

const row = (key: string, fields: WriteRow["fields"]): WriteRow => {
  return { rowId: key, object: "Account", id: null, keyField: "SyncId__c", key, fields, rank: 0 };
};

async function page(
  org: FakeOrg,
  after: FeedPosition | null,
  deletedSince = null as string | null,
): Promise<FeedPage> {
  const request = { object: "Account", keyField: "SyncId__c", fields: ["Name"], after, deletedSince };
  const [only] = (await org.changes([request])).pages;
  if (!only) throw new Error("no page");
  return only;
}

const START = { stamp: "2020-01-01T00:00:00.000Z", id: null };

describe("the org in a few lines", () => {
  it("knows who wrote a record last, and what a flow made of it", async () => {
    const org = fakeOrg();
    org.reformat = (stored) => ({ ...stored, Name: String(stored["Name"]).toUpperCase() });
    await org.write([row("1", { Name: "One" }), row("2", { Name: "Two" })]);
    org.set("Account", "2", { Name: "Edited" });
    org.insert("Account", { Name: "Copy" }, "1");
    org.insert("Account", { Name: "Made by a flow" }, null, AUTOMATED);
    const { changed } = await page(org, START);
    expect(changed.map(({ key, fields, modifiedBy: by }) => [key, fields["Name"], by.id, by.person])).toEqual(
      [
        ["1", "ONE", CONNECTOR, false],
        ["2", "Edited", PERSON, true],
        ["1", "Copy", PERSON, true],
        [null, "Made by a flow", AUTOMATED, false],
      ],
    );
    const ids = changed.map(({ id }) => id);
    expect(await org.read([{ object: "Account", ids: [...ids, "none"], fields: ["Name"] }])).toHaveLength(4);
    expect([await org.userId(), org.polls, org.reads]).toEqual([CONNECTOR, 1, 1]);
  });

  it("pages rows with equal stamps", async () => {
    const org = fakeOrg();
    org.tickMs = 0;
    org.pageSize = 2;
    await org.write(["1", "2", "3", "4"].map((key) => row(key, { Name: key })));
    const keys: (string | null)[] = [];
    let after: FeedPosition = START;
    for (let complete = false; !complete;) {
      const next = await page(org, after);
      keys.push(...next.changed.map(({ key }) => key));
      after = next.changed.at(-1) ?? after;
      complete = next.complete;
    }
    expect(keys).toEqual(["1", "2", "3", "4"]);
    expect(org.polls).toBe(3);
  });

  it("remembers what was deleted and merged, as far as its log reaches", async () => {
    const org = fakeOrg();
    await org.write(["1", "2", "3"].map((key) => row(key, { Name: key })));
    const [first, second, third] = org.rows.map(({ id }) => id);
    org.delete("Account", "1");
    const between = new Date(org.nowMs).toISOString();
    org.merge("Account", "2", "3");
    const all = await page(org, null, START.stamp);
    expect(all.deleted.map(({ id }) => id)).toEqual([first, second]);
    expect(await org.gone("Account", [first ?? "", second ?? "", third ?? ""])).toEqual([
      { id: first, masterId: null, binned: true },
      { id: second, masterId: third, binned: true },
    ]);
    org.deletionsSince = between;
    expect(await page(org, null, START.stamp)).toMatchObject({
      deleted: [{ id: second }],
      deletionsLostBefore: between,
    });
    const update = { ...row("1", { Name: "New" }), id: first ?? "" };
    expect((await org.write([update])).results).toMatchObject([
      { ok: false, fault: { code: "record_deleted" } },
    ]);
  });
});
