import { describe, expect, it } from "vitest";
import { memoryCache } from "./schema-cache";
import { scriptedOrgs } from "./test-open-scripted";
import { refusal, type Reply, type Script } from "./test-scripted-org";

const { openSide } = scriptedOrgs();

const rows = (records: readonly object[]): Reply => ({ status: 200, body: { done: true, records } });
const field = (name: string, more: object = {}): object => ({
  name,
  label: name,
  type: "string",
  createable: true,
  updateable: true,
  nillable: true,
  ...more,
});
const object = (name: string, fields: readonly object[]): Reply => ({
  status: 200,
  body: { name, label: name, fields },
});

const standard: Script["sub"] = ({ url }) => {
  if (url.includes("IsPersonType")) return rows([{ Id: "012P" }]);
  if (url.includes("RecordType")) {
    return rows([
      { Id: "012P", DeveloperName: "PersonAccount", SobjectType: "Account" },
      { Id: "012B", DeveloperName: "Company", SobjectType: "Account" },
    ]);
  }
  return url.includes("Organization") ? rows([{ Id: "00DX", Name: "Venue" }]) : undefined;
};

describe("describing an org", () => {
  it("tells the facts and the objects in one call", async () => {
    const { org, side } = await openSide({ sub: standard }, { now: () => Date.UTC(2026, 0, 2) });
    const { facts, objects } = await side.describe(["Contact"]);
    expect(facts).toEqual({
      prefix: "",
      personAccounts: true,
      multiCurrency: false,
      recordTypes: [
        { id: "012P", object: "Account", developerName: "PersonAccount", person: true },
        { id: "012B", object: "Account", developerName: "Company", person: false },
      ],
      organizationId: "00DX",
      organizationName: "Venue",
      fetchedAt: "2026-01-02T00:00:00.000Z",
    });
    expect([...objects.keys()]).toEqual(["Contact"]);
    expect(org.calls).toHaveLength(1);
    const queries = org.calls[0]?.subs.filter(({ url }) => url.includes("/query")) ?? [];
    expect(queries.length).toBeLessThanOrEqual(5);
  });

  it.each([
    [
      "the sale object",
      ({ url }: { url: string }) =>
        url.includes("secutix__SecutixSale__c")
          ? object("secutix__SecutixSale__c", [field("Name")])
          : undefined,
    ],
    [
      "the key of accounts",
      ({ url }: { url: string }) =>
        url.includes("/Account/") ? object("Account", [field("secutix__SyncId__c")]) : undefined,
    ],
  ])("knows the managed package by %s", async (_, sub) => {
    const { side } = await openSide({ sub });
    expect((await side.describe([])).facts.prefix).toBe("secutix__");
  });

  it("copes with an org without person accounts, where record types have no IsPersonType", async () => {
    const { side } = await openSide({
      sub: (sub) => {
        if (sub.url.includes("IsPersonType"))
          return refusal("INVALID_FIELD", "No such column 'IsPersonType' on entity 'RecordType'");
        return sub.url.includes("/Account/")
          ? object("Account", [field("Name"), field("CurrencyIsoCode")])
          : standard(sub);
      },
    });
    const { facts } = await side.describe([]);
    expect(facts).toMatchObject({ personAccounts: false, multiCurrency: true });
    expect(facts.recordTypes.some(({ person }) => person)).toBe(false);
  });

  it("does not take a failed question for an empty answer", async () => {
    const { side } = await openSide({
      sub: (sub) => (sub.url.includes("IsPersonType") ? refusal("QUERY_TIMEOUT", "too long") : standard(sub)),
    });
    await expect(side.describe([])).rejects.toMatchObject({ fault: { code: "org_busy" } });
  });

  it("says what is wrong when accounts are hidden", async () => {
    const { side } = await openSide({
      sub: ({ url }) => (url.includes("/Account/") ? refusal("NOT_FOUND", "none", 404) : undefined),
    });
    await expect(side.describe([])).rejects.toMatchObject({ fault: { code: "set_up" } });
  });

  it("leaves out what the org does not have, and does not ask for it at every turn", async () => {
    const { org, side } = await openSide({ sub: standard });
    for (let turn = 0; turn < 3; turn += 1) {
      expect((await side.describe(["Nope__c", "Contact"])).objects.has("Nope__c")).toBe(false);
    }
    expect(org.calls).toHaveLength(1);
  });

  it("asks again when what is kept has aged, or the org has contradicted it", async () => {
    let clock = 0;
    const now = (): number => clock;
    const cache = memoryCache(1_000, now);
    const { org, side } = await openSide({ sub: standard }, { now, cache });
    await side.describe(["Contact"]);
    await side.describe(["Contact"]);
    expect(org.calls).toHaveLength(1);
    await cache.forgetObject("Contact");
    await side.describe(["Contact"]);
    expect(org.calls).toHaveLength(2);
    clock = 1_000;
    await side.describe(["Contact"]);
    expect(org.calls).toHaveLength(3);
  });

  it("asks for more than 25 objects in several calls", async () => {
    const { org, side } = await openSide({
      sub: ({ url }) =>
        url.includes("/Thing")
          ? object("Thing", [field("Name")])
          : standard({ url, method: "GET", referenceId: "x" }),
    });
    await side.describe(Array.from({ length: 40 }, (_, index) => `Thing${index}__c`));
    expect(org.calls.map(({ subs }) => subs.length)).toEqual([25, 20]);
  });

  it("speaks of field types in our words", async () => {
    const fields = [
      field("A", { type: "currency", scale: 2 }),
      field("B", { type: "encryptedstring" }),
      field("C", { type: "address" }),
      field("D", {
        type: "picklist",
        picklistValues: [
          { value: "x", active: true },
          { value: "y", active: false },
        ],
      }),
      field("E", { type: "reference", referenceTo: ["Account"], relationshipName: "E__r" }),
    ];
    const { side } = await openSide({
      sub: (sub) => (sub.url.includes("/Thing__c/") ? object("Thing__c", fields) : standard(sub)),
    });
    const thing = (await side.describe(["Thing__c"])).objects.get("Thing__c");
    expect(thing?.fields.map(({ type }) => type)).toEqual([
      "number",
      "text",
      "other",
      "picklist",
      "reference",
    ]);
    expect(thing?.fields[3]?.picklistValues).toEqual(["x"]);
    expect(thing?.fields[4]).toMatchObject({ referenceTo: ["Account"], relationshipName: "E__r" });
  });
});
