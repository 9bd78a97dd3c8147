import { describe, expect, it } from "vitest";
import { feedOf, orgRow, pageReply, START } from "./test-feed";
import { scriptedOrgs } from "./test-open-scripted";
import { refusal, type Reply, type ScriptedOrg, type Sub } from "./test-scripted-org";

const { openSide } = scriptedOrgs();

/** The user the scripted org signs in; it tells the id in its short form. */
const OWN = "005000000000001AAA";

const isFeed = ({ url }: Sub): boolean => url.includes("SystemModstamp");
const answering =
  (reply: Reply) =>
  (sub: Sub): Reply | undefined =>
    isFeed(sub) ? reply : undefined;

function soqls(org: ScriptedOrg): string[] {
  return org.calls
    .flatMap(({ subs }) => subs)
    .filter(isFeed)
    .map(({ url }) => decodeURIComponent(url.split("q=")[1] ?? ""));
}

describe("reading what changed", () => {
  it("gives rows in canonical form, with who wrote them", async () => {
    const row = orgRow("003000000000001AAA", { SyncId__c: " 12 ", LastName: " Doe ", AccountId: "001A" });
    const { side } = await openSide({ sub: answering(pageReply([row])) });
    const { pages } = await side.changes([feedOf("Contact")]);
    expect(pages).toEqual([
      {
        object: "Contact",
        changed: [
          {
            object: "Contact",
            id: "003000000000001AAA",
            key: "12",
            fields: { LastName: "Doe" },
            stamp: "2026-03-01T10:00:00.000Z",
            createdAt: "2026-02-01T10:00:00.000Z",
            createdBy: "005000000000008AAA",
            modifiedBy: { id: "005000000000009AAA", name: "Ada Admin", person: true },
            personAccount: false,
            accountId: "001A",
          },
        ],
        complete: true,
        deleted: [],
        deletedUntil: null,
        deletionsLostBefore: null,
      },
    ]);
  });

  it("begins at a moment, and goes on after a row", async () => {
    const { org, side } = await openSide();
    await side.changes([feedOf("Contact")]);
    await side.changes([feedOf("Contact", { after: { stamp: START, id: "003'x" } })]);
    const [first, next] = soqls(org);
    expect(first).toBe(
      "SELECT Id,SyncId__c,LastName,SystemModstamp,CreatedDate,CreatedById,LastModifiedById,LastModifiedBy.Name,LastModifiedBy.UserType,AccountId FROM Contact WHERE SystemModstamp >= 2026-03-01T00:00:00.000Z ORDER BY SystemModstamp ASC, Id ASC LIMIT 2000",
    );
    expect(next).toContain(
      "WHERE SystemModstamp >= 2026-03-01T00:00:00.000Z AND (SystemModstamp > 2026-03-01T00:00:00.000Z OR Id > '003\\'x') ORDER",
    );
  });

  it.each([
    ["2,000 rows came", pageReply(Array.from({ length: 2_000 }, (_, index) => orgRow(String(index)))), false],
    ["the org made the page smaller than asked", pageReply([orgRow("1")], false), false],
    ["1,999 rows came", pageReply(Array.from({ length: 1_999 }, (_, index) => orgRow(String(index)))), true],
  ])("knows whether more is left when %s", async (_, reply, complete) => {
    const { side } = await openSide({ sub: answering(reply) });
    expect((await side.changes([feedOf("Contact")])).pages).toMatchObject([{ complete }]);
  });

  it.each([
    ["another person", "005000000000009AAA", { Name: "Ada", UserType: "Standard" }, true],
    ["a customer in the portal", "005000000000009AAA", { Name: "Cleo", UserType: "CspLitePortal" }, true],
    ["somebody it may not see", "005000000000009AAA", null, true],
    ["the connector itself", OWN, { Name: "Connector", UserType: "Standard" }, false],
    ["the org's own process", "005000000000008AAA", { Name: "A", UserType: "AutomatedProcess" }, false],
    ["another cloud", "005000000000007AAA", { Name: "C", UserType: "CloudIntegrationUser" }, false],
  ])("tells an edit by %s from a person's", async (_, LastModifiedById, LastModifiedBy, person) => {
    const row = orgRow("003000000000001AAA", { LastModifiedById, LastModifiedBy });
    const { side } = await openSide({ sub: answering(pageReply([row])) });
    expect(await side.userId()).toBe(OWN);
    const { pages } = await side.changes([feedOf("Contact")]);
    expect(pages[0]?.changed[0]?.modifiedBy).toMatchObject({ id: LastModifiedById, person });
  });

  it("asks for several objects in one call, and for nothing where nothing is wanted", async () => {
    const { org, side } = await openSide();
    await side.describe(["Account", "Contact"]);
    const deletedSince = new Date().toISOString();
    const { pages } = await side.changes([
      feedOf("Account", { fields: ["Name"] }),
      feedOf("Contact", { after: null }),
    ]);
    expect(pages.map(({ object }) => object)).toEqual(["Account", "Contact"]);
    expect(org.calls).toHaveLength(2);
    await side.changes([feedOf("Contact", { after: null })]);
    expect(org.calls).toHaveLength(2);
    await side.changes([
      feedOf("Account", { fields: [], deletedSince }),
      feedOf("Contact", { deletedSince }),
    ]);
    expect(org.calls.at(-1)?.subs.map(({ referenceId }) => referenceId)).toEqual(["c0", "d0", "c1", "d1"]);
  });

  it.each([
    ["the org's clock", "2026-03-01T12:00:00.000Z", "2026-03-01T12:00:00.000Z"],
    ["its own where the org does not say", null, "2026-03-01T11:00:00.000Z"],
  ])("tells the time by %s", async (_, clock, serverTime) => {
    const { side } = await openSide({ clock }, { now: () => Date.parse("2026-03-01T11:00:00Z") });
    expect((await side.changes([feedOf("Contact")])).serverTime).toBe(serverTime);
  });
});

describe("a feed that cannot be read", () => {
  it.each([
    ["set_up", feedOf("Nope__c")],
    ["field_missing", feedOf("Contact", { keyField: "Nope__c" })],
    ["field_missing", feedOf("Contact", { fields: ["Nope__c"] })],
  ])("says %s before asking when the org lacks what is asked for", async (code, request) => {
    const { org, side } = await openSide();
    await expect(side.changes([request])).rejects.toMatchObject({ fault: { code } });
    expect(soqls(org)).toEqual([]);
  });

  it.each([
    [refusal("QUERY_TIMEOUT", "too long"), "org_busy"],
    [refusal("INVALID_FIELD", "No such column 'LastName' on entity 'Contact'"), "field_missing"],
    [{ status: 200, body: { records: "none" } }, "internal"],
    [pageReply([orgRow("1", { SystemModstamp: "yesterday" })]), "internal"],
  ])("fails as a whole when one of its queries does: %j", async (reply, code) => {
    const { side } = await openSide({
      sub: (sub) => (sub.url.includes("FROM%20Contact") ? reply : undefined),
    });
    const requests = [feedOf("Account", { fields: [] }), feedOf("Contact")];
    await expect(side.changes(requests)).rejects.toMatchObject({ fault: { code } });
  });

  it("does not send what no address has room for", async () => {
    const fields = Array.from({ length: 400 }, (_, index) => `A_rather_long_name_of_a_field_${index}__c`);
    const describe = {
      name: "Contact",
      label: "Contact",
      fields: ["SyncId__c", ...fields].map((name) => ({
        ...{ name, label: name, type: "string", createable: true, updateable: true, nillable: true },
      })),
    };
    const { org, side } = await openSide({
      sub: ({ url }) => (url.endsWith("/Contact/describe") ? { status: 200, body: describe } : undefined),
    });
    await expect(side.changes([feedOf("Contact", { fields })])).rejects.toMatchObject({
      fault: { code: "set_up", sentence: expect.stringContaining("more fields of Contact") },
    });
    expect(soqls(org)).toEqual([]);
  });

  it("takes mistakes of its own for what they are", async () => {
    const { side } = await openSide();
    const lookup = feedOf("Contact", { fields: ["AccountId"] });
    await expect(side.changes([lookup])).rejects.toThrow("AccountId is a lookup");
    const noMoment = feedOf("Contact", { after: { stamp: "x OR Id != null", id: null } });
    await expect(side.changes([noMoment])).rejects.toThrow("not a moment");
    const six = Array.from({ length: 6 }, () => feedOf("Contact"));
    await expect(side.changes(six)).rejects.toThrow("more objects than one call takes");
  });
});
