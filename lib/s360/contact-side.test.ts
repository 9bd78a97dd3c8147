import { describe, expect, it } from "vitest";
import { contactAssumptionsSchema } from "./assumptions";
import type { ContactCall } from "./config";
import { faultOf, refusal, scriptedVenues, success } from "./test-scripted-venue";

const { open } = scriptedVenues();
const wholeAnswer = {
  contactNumber: "0012345",
  contactId: 10228300000001,
  expectedException: false,
  individualContact: { individualLastName: "Martin", hobby: "a member nobody knows" },
  addresses: [{ contactAddressId: 501, main: true, town: "Lausanne" }],
};

describe("reading a contact", () => {
  it("asks for the number and the selected sections, and gives the contact without its envelope", async () => {
    const { venue, side } = await open(() => success(wholeAnswer));
    const { expectedException: _, ...contact } = wholeAnswer;
    expect(await side.read("0012345")).toEqual(contact);
    expect(venue.calls.map(({ path }) => path)).toEqual([
      "/tnco/backend-apis/contactInformationPublicService/v2_21/getContactData",
    ]);
    expect(JSON.parse(venue.calls[0]?.text ?? "")).toEqual({
      contactNumber: "0012345",
      details: ["GENERAL", "ADDRESSES"],
    });
    expect(venue.calls[0]?.headers).toMatchObject({ "content-type": "application/json" });
  });

  it.each([{}, { contactNumber: null }])("finds the contact in a wrapper too, beside %j", async (beside) => {
    const { side } = await open(() =>
      success({ ...beside, contactData: { ...wholeAnswer, statusCode: null } }),
    );
    const { expectedException: _, ...contact } = wholeAnswer;
    expect(await side.read("0012345")).toEqual(contact);
  });

  it.each([
    ["a refusal that says so", refusal("error.contact.notFound", "No such contact")],
    ["a refusal with 404 that says so", { ...refusal("error.contact.notFound", ""), status: 404 }],
    ["an answer without a contact", success({})],
    ["an answer with an empty wrapper", success({ contactData: null })],
  ])("gives null for an unknown number: %s", async (_, reply) => {
    const { side } = await open(() => reply);
    expect(await side.read("404")).toBeNull();
  });

  it("does not take an answer in another form for an unknown number", async () => {
    const { side } = await open(() => success({ theContact: wholeAnswer }));
    expect(await faultOf(side.read("0012345"))).toMatchObject({
      code: "s360_unreachable",
      sentence: expect.stringMatching(/assumptions/),
      origin: { code: "UNKNOWN_FORM" },
    });
  });

  it("uses the version and the address of the connection", async () => {
    const { venue, side } = await open(undefined, { apiVersion: "v2_22" });
    await side.read("0012345");
    expect(venue.calls[0]?.path).toContain("/v2_22/getContactData");
  });
});

describe("saving a contact", () => {
  it.each([
    ["individual", "saveIndividualContactData"],
    ["relay", "saveIndividualContactData"],
    ["structure", "saveStructureContactData"],
  ] as const)("saves a %s by %s", async (kind, method) => {
    const { venue, side } = await open();
    await side.save(kind, { contactNumber: "0012345", function: "Treasurer" });
    expect(venue.calls.map((call) => call.method)).toEqual([method]);
    expect(JSON.parse(venue.calls[0]?.text ?? "")).toEqual({
      contactNumber: "0012345",
      function: "Treasurer",
    });
  });

  it.each([undefined, null, "", " "])("creates without a contact number (%j)", async (contactNumber) => {
    const { venue, side } = await open();
    const saved = await side.save("individual", { contactNumber, function: "Treasurer" });
    expect(saved.contactNumber).toBe("0012345");
    expect(JSON.parse(venue.calls[0]?.text ?? "")).toEqual({ function: "Treasurer" });
  });

  it("gives the contact as S-360 stored it", async () => {
    const { side } = await open(() => success({ contactNumber: "7", addresses: [] }));
    expect(await side.save("individual", { contactNumber: "7" })).toEqual({
      contactNumber: "7",
      contact: { contactNumber: "7", addresses: [] },
    });
  });

  it.each([
    ["its number alone", { contactNumber: "7" }],
    ["its number and id", { contactNumber: "7", contactId: 10228300000001, addresses: null }],
  ])("gives no contact where S-360 answers with %s", async (_, members) => {
    const { side } = await open(() => success(members));
    expect(await side.save("individual", {})).toEqual({ contactNumber: "7", contact: null });
  });

  it("keeps the number that was sent where the answer names none", async () => {
    const { side } = await open(() => success({}));
    const saved = await side.save("individual", { contactNumber: "0012345" });
    expect(saved).toEqual({ contactNumber: "0012345", contact: null });
  });

  it.each([
    ["no number", {}],
    ["a number that lost its leading zeros", { contactNumber: 12345 }],
  ])("does not call a create done when the answer has %s", async (_, members) => {
    const { side } = await open(() => success(members));
    expect(await faultOf(side.save("individual", {}))).toMatchObject({ code: "answer_lost" });
  });

  it("says that the contact is missing when S-360 no longer knows the number", async () => {
    const { side } = await open(() => refusal("error.contact.notFound", "No such contact"));
    expect(await faultOf(side.save("individual", { contactNumber: "7" }))).toMatchObject({
      code: "contact_missing",
      origin: { code: "error.contact.notFound" },
    });
  });
});

describe("creating a contact that refers to one S-360 does not know", () => {
  it("is refused: it is not the contact itself that is missing", async () => {
    const { side } = await open(() => refusal("error.contact.notFound", "No structure 9"));
    expect(await faultOf(side.save("relay", {}))).toMatchObject({ code: "s360_refused" });
  });
});

describe("searching contacts", () => {
  it("sends what is given and gives what is found, without envelopes", async () => {
    const { venue, side } = await open(() =>
      success({ truncated: false, contactDataList: [{ contactNumber: "7", statusCode: null }] }),
    );
    expect(await side.search({ email: "ada@example.org", lastName: "Martin", firstName: " " })).toEqual([
      { contactNumber: "7" },
    ]);
    expect(JSON.parse(venue.calls[0]?.text ?? "")).toEqual({ email: "ada@example.org", lastName: "Martin" });
  });

  it.each([
    ["an empty list", success({ contactDataList: [] })],
    ["an answer without a list", success({})],
    ["a refusal that says not found", refusal("error.contact.notFound", "")],
  ])("finds nobody: %s", async (_, reply) => {
    const { side } = await open(() => reply);
    expect(await side.search({ email: "nobody@example.org" })).toEqual([]);
  });

  it("never asks for everybody", async () => {
    const { venue, side } = await open();
    expect(await faultOf(side.search({ email: " " }))).toMatchObject({ code: "internal" });
    expect(venue.calls).toEqual([]);
  });
});

describe("ids beyond 2^53", () => {
  const address = '{"contactAddressId":90071992547409931,"town":"Lausanne"}';
  const answer = `{"statusCode":"success","contactNumber":"90071992547409931","addresses":[${address}]}`;

  it("keep every digit on the way in and are numbers again on the way out", async () => {
    const { venue, side } = await open(({ method }) =>
      method === "getContactData" ? { body: answer } : undefined,
    );
    const contact = await side.read("90071992547409931");
    expect(contact?.["addresses"]).toEqual([{ contactAddressId: "90071992547409931", town: "Lausanne" }]);
    await side.save("individual", contact ?? {});
    expect(venue.calls[1]?.text).toBe(`{"contactNumber":"90071992547409931","addresses":[${address}]}`);
  });
});

describe("assumptions", () => {
  it("are a connection's to override", async () => {
    const assumptions = contactAssumptionsSchema.parse({
      saveIndividualMethod: "storeContact",
      saveWrapper: "contact",
      contactWrapper: "result",
      successCode: "OK",
      notFoundDetails: ["E404"],
      searchMethod: "findContacts",
      searchCriteria: { email: "mail" },
      searchListMembers: ["hits"],
      longMembers: ["key"],
    });
    const { venue, side } = await open(
      ({ method }) => {
        if (method === "getContactData") return refusal("e404", "");
        if (method === "findContacts") return { body: { statusCode: "OK", hits: [{ contactNumber: "1" }] } };
        return { body: { statusCode: "OK", result: { contactNumber: "2", function: "x" } } };
      },
      { assumptions },
    );
    expect(await side.read("3")).toBeNull();
    expect(await side.search({ email: "a@example.org" })).toEqual([{ contactNumber: "1" }]);
    expect(await side.save("relay", { key: "90071992547409931" })).toEqual({
      contactNumber: "2",
      contact: { contactNumber: "2", function: "x" },
    });
    expect(venue.calls.map(({ method, text }) => `${method} ${text}`).slice(1)).toEqual([
      'findContacts {"mail":"a@example.org"}',
      'storeContact {"contact":{"key":90071992547409931}}',
    ]);
  });

  it("refuse a name that cannot be one", () => {
    const parsed = contactAssumptionsSchema.safeParse({ searchMethod: "../other" });
    expect(parsed.error?.issues[0]?.message).toBe("must be a name of letters, digits and _");
    expect(contactAssumptionsSchema.safeParse({ saveMethod: "unknown setting" }).success).toBe(false);
  });
});

describe("saving what changed", () => {
  const contact = {
    contactNumber: "0012345",
    contactId: 7,
    addresses: [],
    individualContact: { title: "MRS" },
  };
  const sent = async (saves: "contact" | "sections", changed: object, sections?: readonly string[]) => {
    const assumptions = contactAssumptionsSchema.parse({ saves });
    const { venue, side } = await open(undefined, { assumptions });
    await side.save("individual", { ...contact, ...changed }, sections);
    return JSON.parse(venue.calls[0]?.text ?? "");
  };

  it("sends the whole contact, since S-360 may not keep what is absent", async () => {
    expect(await sent("contact", {}, ["addresses"])).toEqual(contact);
  });

  it("sends the number and the sections that changed where S-360 is known to keep the others", async () => {
    expect(await sent("sections", {}, ["addresses"])).toEqual({ contactNumber: "0012345", addresses: [] });
  });

  it.each([
    ["it is not known what changed", {}, undefined],
    ["it is a new one", { contactNumber: undefined }, ["addresses"]],
  ])("sends the whole contact when %s", async (_, changed, sections) => {
    const { contactNumber: _number, ...rest } = contact;
    expect(await sent("sections", changed, sections)).toMatchObject(rest);
  });
});

describe("a read that is followed by a save", () => {
  /** A gate whose held places count while `open`. */
  const gated = async (more: { pair?: boolean } = {}) => {
    const steps: string[] = [];
    const gate = { open: true };
    const held = () => {
      let used = false;
      return { use: async () => gate.open && !used && (used = true) };
    };
    const { side } = await open(
      ({ method }) => {
        steps.push(method);
        return undefined;
      },
      {
        takeToken: async () => void steps.push("one"),
        takePair: async () => {
          steps.push("two");
          return more.pair === false ? null : held();
        },
        onCall: () => steps.push("counted"),
      },
    );
    return { side, steps, gate };
  };
  const read = ["getContactData", "counted"];
  const saved = ["saveIndividualContactData", "counted"];

  it("pays for both at once; each is counted when it is made", async () => {
    const { side, steps } = await gated();
    await side.read("0012345a", { thenSave: true });
    await side.save("individual", { contactNumber: " 0012345A " });
    expect(steps).toEqual(["two", ...read, ...saved]);
  });

  it("pays for no second save, no other contact and no new one", async () => {
    const { side, steps } = await gated();
    await side.read("7", { thenSave: true });
    await side.save("individual", { contactNumber: "8" });
    await side.save("individual", {});
    await side.save("individual", { contactNumber: "7" });
    await side.save("individual", { contactNumber: "7" });
    expect(steps).toEqual(["two", ...read, "one", ...saved, "one", ...saved, ...saved, "one", ...saved]);
  });

  it("leaves the save to the gate once the place has lapsed, or when only one was to be had", async () => {
    const { side, steps, gate } = await gated();
    await side.read("7", { thenSave: true });
    gate.open = false;
    await side.save("individual", { contactNumber: "7" });
    expect(steps).toEqual(["two", ...read, "one", ...saved]);
    const single = await gated({ pair: false });
    await single.side.read("7", { thenSave: true });
    await single.side.save("individual", { contactNumber: "7" });
    expect(single.steps).toEqual(["two", ...read, "one", ...saved]);
  });

  it("is a read like any other where two cannot be paid for at once", async () => {
    const { venue, side } = await open();
    await side.read("7", { thenSave: true });
    await side.save("individual", { contactNumber: "7" });
    expect(venue.calls).toHaveLength(2);
  });
});

describe("every call", () => {
  it("asks the gate before it is sent, and is counted", async () => {
    const steps: string[] = [];
    const counted: ContactCall[] = [];
    const { side } = await open(
      ({ method }) => {
        steps.push(method);
        return undefined;
      },
      {
        authentication: "token",
        takeToken: async () => {
          steps.push("gate");
        },
        onCall: (call) => counted.push(call),
      },
    );
    await side.read("1");
    await side.save("structure", {});
    await side.search({ officialName: "Opera" });
    expect(steps).toEqual([
      ...["gate", "auth", "gate", "getContactData"],
      ...["gate", "saveStructureContactData", "gate", "searchContact"],
    ]);
    expect(counted.map(({ method, status }) => [method, status])).toEqual([
      ["auth", 200],
      ["getContactData", 200],
      ["saveStructureContactData", 200],
      ["searchContact", 200],
    ]);
    expect(counted.every(({ tookMs, serverTime }) => tookMs >= 0 && serverTime instanceof Date)).toBe(true);
  });

  it("is not sent when the gate says no", async () => {
    const { venue, side } = await open(undefined, {
      takeToken: () => Promise.reject(new Error("the gate is closed")),
    });
    await expect(side.read("1")).rejects.toThrow("the gate is closed");
    expect(venue.calls).toEqual([]);
  });

  it("is counted without a status when no answer began", async () => {
    const counted: ContactCall[] = [];
    const { side } = await open(() => "drop", { onCall: (call) => counted.push(call) });
    await faultOf(side.read("1"));
    expect(counted).toMatchObject([{ method: "getContactData", status: null, serverTime: null }]);
  });
});
