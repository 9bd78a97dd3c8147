/** Rows that others have taken over while their call waited to be sent. */
import { describe, expect, it, vi } from "vitest";
import type { StillOurs } from "@/lib/core/side";
import { scriptedOrgs } from "./test-open-scripted";
import { groupsOf, refusal, rowAnswers, rowError, writesOf } from "./test-scripted-org";
import { account, accounts, contact } from "./test-write-rows";

const { openSide } = scriptedOrgs();

const allBut =
  (...lost: readonly string[]): StillOurs =>
  async (rowIds) =>
    new Set(rowIds.filter((rowId) => !lost.includes(rowId)));

describe("a row that is no longer ours when its call is to leave", () => {
  it("is not sent and has no result; the others are written", async () => {
    const { org, side } = await openSide();
    const { results, calls, lost } = await side.write(accounts(3), allBut("a1"));
    expect(lost).toEqual(["a1"]);
    expect(results.map(({ rowId }) => rowId)).toEqual(["a0", "a2"]);
    expect(calls.map(({ rowIds }) => rowIds)).toEqual([["a0", "a2"]]);
    expect(groupsOf(writesOf(org)[0] ?? { subs: [] }).map((group) => group.length)).toEqual([2]);
  });

  it("is asked about once the gate has let the call pass, all rows of a call at once", async () => {
    const order: string[] = [];
    const takeToken = async (): Promise<void> => void order.push("gate");
    const { side } = await openSide({}, { takeToken });
    await side.describe(["Account"]);
    order.length = 0;
    const stillOurs = vi.fn<StillOurs>(async (rowIds) => {
      order.push("asked");
      return new Set(rowIds);
    });
    await side.write(accounts(1_001), stillOurs);
    expect(order).toEqual(["gate", "asked", "gate", "asked"]);
    expect(stillOurs.mock.calls.map(([rowIds]) => rowIds.length)).toEqual([1_000, 1]);
  });

  it("costs no call where nothing else is in it", async () => {
    const { org, side } = await openSide();
    expect(await side.write(accounts(2), allBut("a0", "a1"))).toEqual({
      results: [],
      calls: [],
      lost: ["a0", "a1"],
    });
    expect(writesOf(org)).toEqual([]);
  });

  it("is asked about again before its group is sent anew in halves", async () => {
    let asked = 0;
    const { org, side } = await openSide({
      sub: (sub) =>
        groupsOf({ subs: [sub] })[0]?.length === 2
          ? { status: 400, body: refusal("UNKNOWN_EXCEPTION", "broke") }
          : undefined,
    });
    const stillOurs: StillOurs = async (rowIds) => (asked++ === 0 ? new Set(rowIds) : allBut("a1")(rowIds));
    const { results, lost } = await side.write(accounts(2), stillOurs);
    expect(lost).toEqual(["a1"]);
    expect(results).toMatchObject([{ rowId: "a0", ok: true }]);
    expect(writesOf(org)).toHaveLength(2);
  });

  it("is not sent alone to learn what a duplicate rule took it for", async () => {
    const duplicate = rowError("DUPLICATES_DETECTED", "Use one of these records?");
    const { org, side } = await openSide({
      sub: (sub) =>
        Array.isArray(Reflect.get(sub.body ?? {}, "records")) ? rowAnswers(sub, () => duplicate) : undefined,
    });
    let asked = 0;
    const stillOurs: StillOurs = async (rowIds) => (asked++ === 0 ? new Set(rowIds) : allBut("c1")(rowIds));
    const { results, lost, calls } = await side.write([contact("1"), contact("2")], stillOurs);
    expect(lost).toEqual(["c1"]);
    expect(results.map(({ rowId }) => rowId)).toEqual(["c2"]);
    expect(calls.map(({ rowIds }) => rowIds)).toEqual([["c1", "c2"], ["c2"]]);
    expect(writesOf(org).at(-1)?.subs).toHaveLength(1);
  });

  it("is not told as failed when the call of the others fails", async () => {
    const { side } = await openSide({
      call: (subs) => (subs.some(({ method }) => method === "PATCH") ? { status: 503, body: "" } : undefined),
    });
    await expect(side.write([account("1"), account("2")], allBut("a1"))).rejects.toMatchObject({
      fault: { code: "org_unavailable" },
    });
  });
});
