import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { FeedPage, Side } from "@/lib/core/side";
import { openSalesforceSide } from "./side";
import { ago, back, feedOf, pageReply } from "./test-feed";
import { scriptedOrgs } from "./test-open-scripted";
import { refusal, type ScriptedOrg } from "./test-scripted-org";
import { startSimulatedOrg, type SimulatedOrg } from "./test-simulated-org";

const scripted = scriptedOrgs();

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

const MINUTE_MS = 60_000;

async function deletionsSince(deletedSince: string, object = "Contact"): Promise<FeedPage> {
  const { pages } = await side.changes([feedOf(object, { after: null, deletedSince })]);
  const [only] = pages;
  if (!only) throw new Error("no page");
  return only;
}

const contacts = (count: number): Promise<string[]> =>
  org.save("Contact", ...Array.from({ length: count }, (_, index) => ({ LastName: `Doe ${index}` })));

/** A contact for each fate: deleted, deleted and purged, deleted and restored, merged into another. */
async function fates(): Promise<Record<"deleted" | "purged" | "restored" | "loser" | "head", string>> {
  const [deleted = "", purged = "", restored = "", loser = "", head = ""] = await contacts(5);
  await org.remove("Contact", purged);
  await org.order("/empty-recycle-bin", { object: "Contact" });
  for (const id of [deleted, restored]) await org.remove("Contact", id);
  await org.order("/undelete", { object: "Contact", id: restored });
  await org.order("/merge", { object: "Contact", masterId: head, mergeIds: [loser] });
  return { deleted, purged, restored, loser, head };
}

describe("deletions in the simulated org", () => {
  it("are told with their moment, from the recycle bin or not, and not what was restored", async () => {
    const { deleted, purged, loser } = await back(2, fates);
    const page = await deletionsSince(ago(10));
    expect(page.deleted.map(({ id }) => id).toSorted()).toEqual([deleted, purged, loser].toSorted());
    expect(Date.parse(page.deleted[0]?.deletedAt ?? "")).toBeLessThan(Date.now() - MINUTE_MS);
    expect(page).toMatchObject({
      deletedUntil: expect.stringMatching(/:00\.000Z$/),
      deletionsLostBefore: null,
    });
  });

  it("are never passed over: what was not told lies after the moment that the answer reaches to", async () => {
    const [id = ""] = await contacts(1);
    const since = ago(1);
    const removedAt = Date.now();
    await org.remove("Contact", id);
    const { deleted, deletedUntil } = await deletionsSince(since);
    expect(deleted.length === 1 || Date.parse(deletedUntil ?? "") <= removedAt).toBe(true);
  });

  it("are told as far as the delete log reaches, and what may be missing is said", async () => {
    const [early = "", late = ""] = await contacts(2);
    await back(60, () => org.remove("Contact", early));
    await back(5, () => org.remove("Contact", late));
    await org.order("/delete-log", { knownSince: ago(30) });
    const before = await org.apiCalls();
    const page = await deletionsSince(ago(120));
    expect((await org.apiCalls()) - before).toBe(3);
    expect(page.deleted.map(({ id }) => id)).toEqual([late]);
    const lostBefore = Date.parse(page.deletionsLostBefore ?? "");
    expect(lostBefore).toBeGreaterThan(Date.parse(ago(31)));
    expect(lostBefore).toBeLessThan(Date.parse(ago(28)));
  });

  it("are lost in part when nobody asked for 20 days", async () => {
    const page = await deletionsSince(ago(20 * 24 * 60));
    expect(Date.parse(page.deletionsLostBefore ?? "")).toBeLessThan(Date.now() - 14.9 * 24 * 60 * MINUTE_MS);
    const older = await deletionsSince(ago(40 * 24 * 60));
    expect(older.deletionsLostBefore).not.toBeNull();
  });
});

describe("what became of records", () => {
  it("is told in one call: deleted, purged, merged, and nothing of what lives again", async () => {
    const { deleted, purged, restored, loser, head } = await fates();
    const before = await org.apiCalls();
    const gone = await side.gone("Contact", [deleted, purged, restored, loser, head, deleted]);
    expect((await org.apiCalls()) - before).toBe(1);
    expect(gone).toEqual([
      { id: deleted, masterId: null, binned: true },
      { id: purged, masterId: null, binned: false },
      { id: loser, masterId: head, binned: true },
    ]);
  });

  it("is told of merged accounts and of ids in short form", async () => {
    const [loser = "", head = ""] = await org.save("Account", { Name: "One" }, { Name: "One" });
    await org.order("/merge", { object: "Account", masterId: head, mergeIds: [loser] });
    const short = loser.slice(0, 15);
    expect(await side.gone("Account", [short])).toEqual([{ id: short, masterId: head, binned: true }]);
  });

  it("is told of objects that cannot be merged", async () => {
    const sale = { Name: "Pass", ContactSTXNumber__c: "1", SyncId__c: "9" };
    const [id = ""] = await org.save("SecutixSale__c", sale);
    await org.remove("SecutixSale__c", id);
    expect(await side.gone("SecutixSale__c", [id])).toEqual([{ id, masterId: null, binned: true }]);
  });
});

const asked = (scriptedOrg: ScriptedOrg): string[] =>
  scriptedOrg.calls
    .flatMap(({ subs }) => subs.map(({ url }) => url))
    .filter((url) => url.includes("/queryAll"));

describe("asking what became of records", () => {
  it("takes 200 ids to a query and five queries to a call", async () => {
    const { org: quiet, side: asking } = await scripted.openSide();
    await asking.describe(["Contact"]);
    const ids = Array.from({ length: 1_200 }, (_, index) => String(index).padStart(18, "0"));
    expect(await asking.gone("Contact", ids)).toHaveLength(1_200);
    expect(quiet.calls.slice(1).map(({ subs }) => subs.length)).toEqual([5, 1]);
    expect(Math.max(...asked(quiet).map((url) => url.length))).toBeLessThan(12_000);
    expect(await asking.gone("Contact", [])).toEqual([]);
    expect(quiet.calls).toHaveLength(3);
  });

  it.each([
    [refusal("QUERY_TIMEOUT", "too long"), "org_busy"],
    [pageReply([{ Id: "003A" }]), "internal"],
  ])("fails as a whole when a query does: %j", async (reply, code) => {
    const { side: asking } = await scripted.openSide({
      sub: ({ url }) => (url.includes("/queryAll") ? reply : undefined),
    });
    await expect(asking.gone("Contact", ["003A"])).rejects.toMatchObject({ fault: { code } });
    await expect(asking.gone("Nope__c", ["003A"])).rejects.toMatchObject({ fault: { code: "set_up" } });
  });
});
