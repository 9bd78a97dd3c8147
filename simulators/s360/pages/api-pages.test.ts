import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startS360Simulator, type S360Simulator } from "../server";
import { call, contacts, contactService } from "../testing/api-client";

describe("the pages about the API side", () => {
  let s360: S360Simulator;
  const get = async (path: string) => (await fetch(s360.url + path)).text();
  const submit = (path: string, fields: Record<string, string> = {}) =>
    fetch(s360.url + path, { method: "POST", body: new URLSearchParams(fields), redirect: "manual" });
  const plain = (page: string) => page.replace(/<[^>]*>/g, "").replace(/\s+/g, " ");

  beforeEach(async () => {
    s360 = await startS360Simulator({
      demo: true,
      settings: { scheduleSeconds: 0, api: { callsPerMonth: 10_000 } },
    });
  });
  afterEach(() => s360.close());

  it("say who wrote a contact last, and when", async () => {
    expect(await get("/contacts/0030100")).toContain("Not changed since the venue was set up");
    await contacts(s360, "saveIndividualContactData", { contactNumber: "0030100", function: "Director" });
    const day = new Date().toISOString().slice(0, 10);
    expect(plain(await get("/contacts/0030100"))).toMatch(
      new RegExp(`Last written through the API, ${day} \\d\\d:\\d\\d:\\d\\d UTC\\.`),
    );
    await submit("/contacts/0030100", { individualLastName: "Rochat" });
    expect(plain(await get("/contacts/0030100"))).toContain("Last written by an operator");
  });

  it("list the last 100 calls with the use of the limits, and no bodies", async () => {
    expect(await get("/calls")).toContain("Nobody has called yet.");
    await contacts(s360, "searchContact", { lastName: "Secretname" });
    await contacts(s360, "getContactData", { contactNumber: "0030100" });
    await call(s360, `${contactService}/getContactData`, {}, { authorization: "" });
    const page = await get("/calls");
    const text = plain(page);
    expect(text).toContain("3 of 180 calls in the last minute, 3 of 10000 calls this month");
    expect(text).toContain("3 calls so far: searchContact 1, getContactData 2.");
    expect(text).toContain("1 for the token");
    expect(page).toContain('<a href="/contacts/0030100">0030100</a>');
    expect(text).toContain("Token refused: no Bearer token.");
    expect(page).not.toContain("Secretname");
    for (let each = 0; each < 110; each += 1)
      await contacts(s360, "getContactData", { contactNumber: "0030100" });
    expect((await get("/calls")).match(/class="row"/g)).toHaveLength(100);
    expect(plain(await get("/"))).toContain("1 call refused");
    expect(plain(await get("/contacts/0030100"))).toContain("getContactData");
  });

  it("anonymise a contact", async () => {
    const response = await submit("/contacts/0030100/anonymise");
    expect([response.status, response.headers.get("location")]).toEqual([303, "/contacts/0030100"]);
    expect(await get("/contacts/0030100")).toContain("XXXXXXXX XXXXXXXX");
    expect(s360.simulator.venue.body("contacts", "0030100").state).toBe("ACCOUNT_DELETED");
  });

  it("merge a contact into another, and show the one that stays", async () => {
    const response = await submit("/contacts/0030100/merge", { into: " 0030101 " });
    expect([response.status, response.headers.get("location")]).toEqual([303, "/contacts/0030101"]);
    expect((await fetch(`${s360.url}/contacts/0030100`)).status).toBe(404);
  });

  it("say why a merge is not possible", async () => {
    const itself = await submit("/contacts/0030100/merge", { into: "0030100" });
    expect(itself.status).toBe(400);
    expect(await itself.text()).toContain("A contact cannot be merged into itself.");
    const nobody = await submit("/contacts/0030100/merge", { into: "" });
    expect(nobody.status).toBe(404);
    expect(await nobody.text()).toContain("Not possible");
  });
});
