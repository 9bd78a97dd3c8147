import { describe, expect, it } from "vitest";
import type { FeedPage } from "@/lib/core/side";
import { deletedReply, feedOf } from "./test-feed";
import { scriptedOrgs } from "./test-open-scripted";
import { refusal, type Reply, type ScriptedOrg } from "./test-scripted-org";

const { openSide } = scriptedOrgs();

/** The org's clock; ours is an hour behind. */
const NOW = "2026-03-20T12:00:40Z";
const beforeLog = refusal("INVALID_REPLICATION_DATE", "startDate before the org replication enabled date");

/** Windows asked for so far, `start end`. */
function windows(org: ScriptedOrg): string[] {
  const urls = org.calls.flatMap(({ subs }) => subs).map(({ url }) => url);
  return urls.flatMap((url) => {
    const [, start, end] = /\/sobjects\/Contact\/deleted\/\?start=([^&]+)&end=(.+)$/.exec(url) ?? [];
    return start && end ? [`${decodeURIComponent(start)} ${decodeURIComponent(end)}`] : [];
  });
}

/** Asks an org that answers its windows so, one after the other. */
async function deletionsOf(
  deletedSince: string,
  replies: readonly Reply[],
): Promise<{ page: FeedPage | undefined; windows: string[]; calls: number }> {
  const left = [...replies];
  const { org, side } = await openSide(
    { clock: NOW, sub: ({ url }) => (url.includes("/deleted/") ? left.shift() : undefined) },
    { now: () => Date.parse(NOW) - 3_600_000 },
  );
  await side.describe(["Contact"]);
  const { pages } = await side.changes([feedOf("Contact", { deletedSince })]);
  return { page: pages[0], windows: windows(org), calls: org.calls.length - 1 };
}

describe("reading what was deleted", () => {
  it("asks up to the last full minute of the org's clock, in the call that asks for changes", async () => {
    const reply = deletedReply(["003A"], "2026-03-01T00:00:00.000+0000", "2026-03-20T11:58:00.000+0000");
    const { page, windows, calls } = await deletionsOf("2026-03-20T11:50:30.000Z", [reply]);
    expect(windows).toEqual(["2026-03-20T11:50:00+00:00 2026-03-20T12:00:00+00:00"]);
    expect(calls).toBe(1);
    expect(page).toMatchObject({
      deleted: [{ object: "Contact", id: "003A", deletedAt: "2026-03-01T10:00:00.000Z" }],
      deletedUntil: "2026-03-20T11:58:00.000Z",
      deletionsLostBefore: null,
    });
  });

  it.each(["2026-03-20T12:00:00.000Z", "2026-03-20T11:59:30.000Z", "2026-03-20T12:30:00.000Z"])(
    "asks for more than a minute however short it is since %s",
    async (deletedSince) => {
      const { windows } = await deletionsOf(deletedSince, []);
      expect(windows).toEqual(["2026-03-20T11:58:00+00:00 2026-03-20T12:00:00+00:00"]);
    },
  );

  it("does not move on when the org does not say how far it came", async () => {
    const { page } = await deletionsOf("2026-03-20T11:50:30.000Z", [
      { status: 200, body: { deletedRecords: [] } },
    ]);
    expect(page).toMatchObject({ deletedUntil: "2026-03-20T11:50:30.000Z", deletionsLostBefore: null });
  });

  it("fails as a whole when the org refuses for another reason", async () => {
    const refused = deletionsOf("2026-03-20T11:50:30.000Z", [refusal("EXCEEDED_ID_LIMIT", "too many")]);
    await expect(refused).rejects.toMatchObject({ fault: { code: "internal" } });
    await expect(deletionsOf("never", [])).rejects.toThrow("not a moment");
  });
});

describe("a delete log that is too short", () => {
  const until = "2026-03-20T12:00:00.000+0000";

  it("is read from where it begins, and says so", async () => {
    const { page, windows, calls } = await deletionsOf("2026-03-10T00:00:00.000Z", [
      beforeLog,
      deletedReply([], "2026-03-19T08:15:20.000+0000", until),
      deletedReply(["003A"], "2026-03-19T08:15:20.000+0000", until),
    ]);
    expect(windows.slice(1)).toEqual([
      "2026-03-20T11:58:00+00:00 2026-03-20T12:00:00+00:00",
      "2026-03-19T08:16:00+00:00 2026-03-20T12:00:00+00:00",
    ]);
    expect(calls).toBe(3);
    expect(page).toMatchObject({
      deleted: [{ id: "003A" }],
      deletedUntil: "2026-03-20T12:00:00.000Z",
      deletionsLostBefore: "2026-03-19T08:16:00.000Z",
    });
  });

  it("is told of by an answer that begins later than asked", async () => {
    const { page, calls } = await deletionsOf("2026-03-10T00:00:00.000Z", [
      deletedReply(["003A"], "2026-03-19T08:15:20.000+0000", until),
    ]);
    expect(calls).toBe(1);
    expect(page).toMatchObject({
      deleted: [{ id: "003A" }],
      deletionsLostBefore: "2026-03-19T08:15:20.000Z",
    });
  });

  it("is known to be too short after 15 days, whatever the org says", async () => {
    const { page } = await deletionsOf("2026-02-25T00:00:00.000Z", [
      deletedReply([], "2026-01-01T00:00:00.000+0000", until),
    ]);
    expect(page?.deletionsLostBefore).toBe("2026-03-05T12:00:40.000Z");
  });

  it("has lost nothing when only the seconds that the org ignores lie before it", async () => {
    const { page, windows } = await deletionsOf("2026-03-19T08:16:00.000Z", [
      beforeLog,
      deletedReply([], "2026-03-19T08:15:20.000+0000", until),
      deletedReply(["003A"], "2026-03-19T08:15:20.000+0000", until),
    ]);
    expect(windows.at(-1)).toBe("2026-03-19T08:16:00+00:00 2026-03-20T12:00:00+00:00");
    expect(page).toMatchObject({ deleted: [{ id: "003A" }], deletionsLostBefore: null });
  });

  it("is read for the last minutes when it takes no earlier start", async () => {
    const { page } = await deletionsOf("2026-03-10T00:00:00.000Z", [
      beforeLog,
      deletedReply(["003B"], "2026-03-01T00:00:00.000+0000", until),
      beforeLog,
    ]);
    expect(page).toMatchObject({
      deleted: [{ id: "003B" }],
      deletionsLostBefore: "2026-03-20T11:58:00.000Z",
    });
  });
});
