import { afterEach, describe, expect, it } from "vitest";
import { startS360Simulator, type S360Simulator } from "@/simulators/s360/server";
import type { ContactSide } from "@/lib/core/contact-side";
import { contactAssumptionsSchema } from "./assumptions";
import type { ContactSideConfig } from "./config";
import { openContactSide } from "./contact-side";
import { configFor, faultOf } from "./test-scripted-venue";

const running: S360Simulator[] = [];
afterEach(async () => {
  for (const s360 of running.splice(0)) await s360.close();
});

type ApiSettings = Partial<S360Simulator["simulator"]["settings"]["api"]>;

/** No webhook of this venue goes anywhere: its schedules run on demand only. */
async function open(
  api: ApiSettings = {},
  more: Partial<ContactSideConfig> = {},
): Promise<{ s360: S360Simulator; side: ContactSide }> {
  const settings = { pushTo: "http://127.0.0.1:9", scheduleSeconds: 0, trickleSeconds: 0, api };
  const s360 = await startS360Simulator({ settings });
  running.push(s360);
  s360.simulator.put("contacts", stored);
  const config = configFor(s360.url, { secret: "demo-s360-secret", sections, ...more });
  return { s360, side: openContactSide(config) };
}

async function order(s360: S360Simulator, fault: object): Promise<void> {
  const response = await fetch(`${s360.url}/__control/faults`, {
    method: "POST",
    body: JSON.stringify(fault),
  });
  expect(response.status).toBe(200);
}

const sections: ContactSideConfig["sections"] = [
  ...(["GENERAL", "ADDRESSES", "AUTHORIZATIONS"] as const),
  ...(["COM_MEANS", "CRITERIA", "CONNECTIONS"] as const),
];
const stored = {
  contactNumber: "0012345",
  contactId: 10228300000001,
  type: "INDIVIDUAL",
  role: "PUBLIC",
  state: "ACTIVE",
  individualContact: { title: "MRS", individualFirstName: "Ada", individualLastName: "Martin" },
  addresses: [
    { contactAddressId: 501, main: true, street1: "12 rue du Lac", town: "Lausanne", countryCode: "CH" },
    { contactAddressId: 502, main: false, street1: "1 place Neuve", town: "Genève", countryCode: "CH" },
  ],
  communicationMeans: [{ communicationMeanId: 77, contactAddressId: null, email: "ada@mail.example" }],
  authorizations: [{ authorizationCode: "EMAIL", allowed: true }],
  contactCriteria: [{ code: "NEWS", values: ["OPERA"] }],
  contactConnections: [],
};

describe.each(["jwt", "token"] as const)("a simulated S-360, signed in by %s", (authentication) => {
  it("gives a contact, takes it back changed, and keeps what was not changed", async () => {
    const { side } = await open({}, { authentication });
    const before = await side.read("0012345");
    expect(before).toMatchObject(stored);
    expect(await side.read("0099999")).toBeNull();
    const individualContact = { ...stored.individualContact, individualLastName: "Lovelace" };
    const saved = await side.save("individual", { ...before, individualContact });
    expect(saved.contactNumber).toBe("0012345");
    const after = await side.read("0012345");
    expect(after).toMatchObject({ ...before, individualContact });
    expect(saved.contact).toMatchObject({ contactNumber: "0012345", individualContact });
  });

  it("finds a contact by what it is looked for by", async () => {
    const { side } = await open({}, { authentication });
    const query = side.queryFor(stored);
    expect(query).toEqual({ email: "ada@mail.example", firstName: "Ada", lastName: "Martin" });
    const found = await side.search(query ?? {});
    expect(found.map(({ contactNumber }) => contactNumber)).toEqual(["0012345"]);
    expect(await side.search({ ...query, firstName: "Bob" })).toEqual([]);
  });
});

describe("a simulated S-360", () => {
  it("keeps an edit that was made meanwhile in a section that is not sent", async () => {
    const assumptions = contactAssumptionsSchema.parse({ saves: "sections" });
    const { s360, side } = await open({}, { assumptions });
    const before = await side.read("0012345", { thenSave: true });
    s360.simulator.put("contacts", { ...stored, addresses: [] });
    const individualContact = { ...stored.individualContact, individualLastName: "Lovelace" };
    await side.save("individual", { ...before, individualContact }, ["individualContact"]);
    expect(await side.read("0012345")).toMatchObject({ individualContact, addresses: [] });
  });

  it("creates a structure and its relay, which are then read and searched", async () => {
    const { side } = await open();
    const structure = { ...side.blank("structure", null), structureContact: { officialName: "Opera" } };
    const made = await side.save("structure", structure);
    const relay = {
      ...side.blank("relay", made.contactNumber),
      individualContact: { individualFirstName: "Bob", individualLastName: "Favre" },
    };
    const { contactNumber } = await side.save("relay", relay);
    expect(await side.read(contactNumber)).toMatchObject({
      role: "RELAY",
      individualContact: { individualLastName: "Favre" },
      contactConnections: [{ contactNumber: made.contactNumber }],
    });
    const found = await side.search({ officialName: "opera" });
    expect(found.map((contact) => contact["contactNumber"])).toEqual([made.contactNumber]);
  });

  it("creates an individual where it answers with the number only", async () => {
    const { side } = await open({ answers: "number" });
    const contact = { ...side.blank("individual", null), individualContact: { individualLastName: "Favre" } };
    const saved = await side.save("individual", contact);
    expect(saved.contact).toBeNull();
    expect(await side.read(saved.contactNumber)).toMatchObject({
      individualContact: { individualLastName: "Favre" },
    });
  });

  it("takes a contact that is marked, beside its other criteria", async () => {
    const { side } = await open();
    const contact = await side.read("0012345");
    await side.save("individual", side.marked(contact ?? {}, "CRM_DELETED"));
    expect(await side.read("0012345")).toMatchObject({
      contactCriteria: [...stored.contactCriteria, { code: "CRM_DELETED", value: "true" }],
    });
  });

  it("keeps every digit of an address id, both ways", async () => {
    const { s360, side } = await open();
    const body = JSON.stringify({ ...stored, contactNumber: "8" }).replace(":501,", ":90071992547409931,");
    await fetch(`${s360.url}/__control/contacts`, { method: "POST", body });
    const contact = await side.read("8");
    expect(contact).toMatchObject({ addresses: [{ contactAddressId: "90071992547409931" }, {}] });
    await side.save("individual", contact ?? {});
    expect(await side.read("8")).toMatchObject(contact ?? {});
  });

  it("refuses what is wrong, in its own words", async () => {
    const { side } = await open();
    const addresses = [{ town: "t".repeat(21) }];
    expect(await faultOf(side.save("individual", { contactNumber: "0012345", addresses }))).toMatchObject({
      code: "s360_refused",
      origin: { code: "error.contact.validation", message: expect.stringContaining("addresses[0].town") },
    });
    expect(await faultOf(side.save("individual", { contactNumber: "0099999" }))).toMatchObject({
      code: "contact_missing",
    });
  });

  it("loses the answer of a create that it has done", async () => {
    const { s360, side } = await open();
    await order(s360, { kind: "lost-answer" });
    const contact = { ...side.blank("individual", null), individualContact: { individualLastName: "Favre" } };
    expect(await faultOf(side.save("individual", contact))).toMatchObject({ code: "answer_lost" });
    expect(await side.search({ lastName: "Favre" })).toHaveLength(1);
  });

  it("tells its limit from its quota", async () => {
    const limited = await open({ callsPerMinute: 1 });
    await limited.side.read("0012345");
    expect(await faultOf(limited.side.read("0012345"))).toMatchObject({ code: "s360_limit" });
    const used = await open({ callsPerMonth: 1 });
    await used.side.read("0012345");
    expect(await faultOf(used.side.read("0012345"))).toMatchObject({ code: "s360_quota" });
  });

  it("refuses a token of another clock, and takes one of its own as soon as the skew is known", async () => {
    let skewMs = 0;
    const clock = { clockSkewMs: () => skewMs, onClock: (seenMs: number) => void (skewMs = seenMs) };
    const { side } = await open({ clockOffsetSeconds: 90 }, clock);
    expect(await faultOf(side.read("0012345"))).toMatchObject({
      code: "s360_sign_in",
      sentence: expect.stringMatching(/This machine's clock is (89|90|91) s behind S-360's/),
    });
    expect(await side.read("0012345")).toMatchObject({ contactNumber: "0012345" });
  });

  it("refuses a wrong secret", async () => {
    const { side } = await open({}, { secret: "another" });
    expect(await faultOf(side.read("0012345"))).toMatchObject({ code: "s360_sign_in" });
  });
});
