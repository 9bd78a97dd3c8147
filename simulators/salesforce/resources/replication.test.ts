import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { useOrg, type ErrorBody } from "../test-org";

const org = useOrg();
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** A moment so far from now, in the form that the guide asks for. */
const at = (fromNowMs: number) => new Date(Date.now() + fromNowMs).toISOString().replace(/\.\d+Z$/, "+00:00");
const salesforceTime = (text: string) => `${text.slice(0, 17)}00.000+0000`;
const path = (what: string, start: string, end: string, object = "Contact") =>
  `/sobjects/${object}/${what}/?start=${encodeURIComponent(start)}&end=${encodeURIComponent(end)}`;

interface Updated {
  ids: string[];
  latestDateCovered: string;
}
interface Deleted {
  deletedRecords: { id: string; deletedDate: string }[];
  earliestDateAvailable: string;
  latestDateCovered: string;
}
const updated = async (start = at(-MINUTE_MS), end = at(MINUTE_MS), object = "Contact") =>
  (await org.api<Updated>("GET", path("updated", start, end, object))).body;
const deleted = async (start = at(-MINUTE_MS), end = at(MINUTE_MS), object = "Contact") =>
  (await org.api<Deleted>("GET", path("deleted", start, end, object))).body;

/** What is written in the first second of a minute is taken in by an end at that minute. */
async function createdOffTheMinute(): Promise<{ id: string; stamp: string }> {
  const id = await org.create("Contact", { LastName: "Now" });
  const { body } = await org.api<{ SystemModstamp: string }>("GET", `/sobjects/Contact/${id}`);
  if (body.SystemModstamp.slice(17, 19) !== "00") return { id, stamp: body.SystemModstamp };
  await sleep(1_000);
  return createdOffTheMinute();
}

describe("getUpdated", () => {
  it("tells the ids of live records by SystemModstamp, and how far the answer reaches", async () => {
    const id = await org.create("Contact", { LastName: "Fresh" });
    const gone = await org.create("Contact", { LastName: "Gone" });
    await org.api("DELETE", `/sobjects/Contact/${gone}`);
    const asked = at(0);
    const { ids, latestDateCovered } = await updated();
    expect(ids).toContain(id);
    expect(ids).not.toContain(gone);
    expect([asked, at(0)].map(salesforceTime)).toContain(latestDateCovered);
  });

  it("ignores seconds: both ends are taken to their minute, and an end in the past is what is covered", async () => {
    const { id, stamp } = await createdOffTheMinute();
    const thisMinute = `${stamp.slice(0, 16)}:59Z`;
    const before = await updated(at(-5 * MINUTE_MS), thisMinute);
    expect(before.ids).not.toContain(id);
    expect(before.latestDateCovered).toBe(salesforceTime(thisMinute));
    expect((await updated(thisMinute)).ids).toContain(id);
  });

  it.each([
    ["with an offset", (text: string) => encodeURIComponent(text)],
    ["with a plus sign that was not encoded", (text: string) => text],
    ["with Z", (text: string) => text.replace("+00:00", "Z")],
    ["with milliseconds", (text: string) => encodeURIComponent(text.replace("+00:00", ".000+0000"))],
  ])("reads dates %s", async (_, write) => {
    const dates = `start=${write(at(-MINUTE_MS))}&end=${write(at(MINUTE_MS))}`;
    expect((await org.api("GET", `/sobjects/Contact/updated?${dates}`)).status).toBe(200);
  });

  it.each<[string, string, string, string, string]>([
    [
      "start is the end",
      at(0),
      at(0),
      "INVALID_REPLICATION_DATE",
      "startDate must chronologically precede endDate",
    ],
    ["start is after the end", at(DAY_MS), at(0), "INVALID_REPLICATION_DATE", "must chronologically precede"],
    [
      "start is too old",
      at(-31 * DAY_MS),
      at(0),
      "INVALID_REPLICATION_DATE",
      "startDate cannot be more than 30 days ago",
    ],
    ["start is no date", "yesterday", at(0), "INVALID_REPLICATION_DATE", "start is not a valid date"],
    ["the end is missing", at(-DAY_MS), "", "MISSING_ARGUMENT", "The end parameter is required"],
  ])("refuses when %s", async (_, start, end, errorCode, reason) => {
    for (const what of ["updated", "deleted"]) {
      const { status, body } = await org.api<ErrorBody>("GET", path(what, start, end));
      expect([status, body[0]?.errorCode]).toEqual([400, errorCode]);
      expect(body[0]?.message).toContain(reason);
    }
  });

  it("knows replicateable objects only", async () => {
    const about = (object: string) => org.api<ErrorBody>("GET", path("updated", at(-DAY_MS), at(0), object));
    expect((await about("Nothing")).status).toBe(404);
    const { body } = await org.api<{ sobjects: { name: string; replicateable: boolean }[] }>(
      "GET",
      "/sobjects",
    );
    for (const { name } of body.sobjects.filter(({ replicateable }) => !replicateable)) {
      expect(await about(name)).toMatchObject({
        status: 400,
        body: [{ message: `sObject type ${name} is not replicable` }],
      });
    }
  });
});

describe("getDeleted", () => {
  it("tells id and moment of deletions, those that a cascade or a merge made included", async () => {
    const accountId = await org.create("Account", { Name: "Short-lived" });
    const contactId = await org.create("Contact", { LastName: "Follows", AccountId: accountId });
    await org.api("DELETE", `/sobjects/Account/${accountId}`);
    const accounts = await deleted(undefined, undefined, "Account");
    expect(accounts.deletedRecords.map(({ id }) => id)).toContain(accountId);
    const { deletedRecords, latestDateCovered } = await deleted();
    const own = deletedRecords.find(({ id }) => id === contactId);
    expect(own?.deletedDate).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000\+0000$/);
    expect(latestDateCovered).toBe(salesforceTime(new Date().toISOString()));
  });

  it("remembers what left the recycle bin, and forgets what came back", async () => {
    const purged = await org.create("Contact", { LastName: "Purged" });
    const restored = await org.create("Contact", { LastName: "Restored" });
    for (const id of [purged, restored]) await org.api("DELETE", `/sobjects/Contact/${id}`);
    await org.control("POST", "/undelete", { object: "Contact", id: restored });
    await org.control("POST", "/empty-recycle-bin");
    const ids = (await deleted()).deletedRecords.map(({ id }) => id);
    expect(ids).toContain(purged);
    expect(ids).not.toContain(restored);
    expect((await updated()).ids).toContain(restored);
  });

  it("reaches back 15 days, though a window may begin 30 days ago", async () => {
    const { earliestDateAvailable } = await deleted(at(-20 * DAY_MS));
    expect(Date.now() - Date.parse(earliestDateAvailable.replace("+0000", "Z"))).toBeLessThan(15.01 * DAY_MS);
  });

  it("refuses a window that begins before the log was purged", async () => {
    await org.control("POST", "/delete-log", { knownSince: new Date(Date.now() - DAY_MS).toISOString() });
    const early = await org.api<ErrorBody>("GET", path("deleted", at(-2 * DAY_MS), at(0)));
    expect(early).toMatchObject({ status: 400, body: [{ errorCode: "INVALID_REPLICATION_DATE" }] });
    const late = await org.api<Deleted>("GET", path("deleted", at(-DAY_MS + 2 * MINUTE_MS), at(0)));
    expect(late.status).toBe(200);
    expect(Date.now() - Date.parse(late.body.earliestDateAvailable.replace("+0000", "Z"))).toBeLessThan(
      1.01 * DAY_MS,
    );
    expect((await org.api("GET", path("updated", at(-2 * DAY_MS), at(0)))).status).toBe(200);
  });
});
