import { exportSPKI, exportPKCS8, generateKeyPair } from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { RowResult, Side, WriteRow } from "@/lib/core/side";
import { openSalesforceSide } from "./side";
import { startSimulatedOrg, type SimulatedOrg } from "./test-simulated-org";

let org: SimulatedOrg;
let side: Side;
beforeAll(async () => {
  org = await startSimulatedOrg();
});
beforeEach(async () => {
  await org.order("/reset", {});
  side = openSalesforceSide(org.config);
});
afterAll(() => org.close());

function row(object: string, key: string, fields: WriteRow["fields"], rank = 0): WriteRow {
  return { rowId: `${object}:${key}`, object, id: null, keyField: "SyncId__c", key, fields, rank };
}

const company = (key: string): WriteRow => row("Account", key, { Name: `Company ${key}` });
const companies = (count: number): WriteRow[] =>
  Array.from({ length: count }, (_, index) => company(String(index)));
const sale = (key: string, fields: WriteRow["fields"]): WriteRow =>
  row("SecutixSale__c", key, { Name: "Season pass", ContactSTXNumber__c: "1", ...fields }, 2);

function idOf(result: RowResult | undefined): string {
  if (!result?.ok) throw new Error(result ? result.fault.sentence : "no result");
  return result.id;
}

const failed = (results: readonly RowResult[]): RowResult[] => results.filter(({ ok }) => !ok);

describe("the simulated org", () => {
  it("is described in one call", async () => {
    const before = await org.apiCalls();
    const { facts, objects } = await side.describe(["Account", "Contact", "SecutixSale__c", "Nope__c"]);
    expect((await org.apiCalls()) - before).toBe(1);
    expect(facts).toMatchObject({ prefix: "", personAccounts: true, multiCurrency: false });
    expect(facts.organizationId).toMatch(/^00D/);
    expect(facts.recordTypes.map(({ developerName, person }) => [developerName, person]).toSorted()).toEqual([
      ["Business_Account", false],
      ["PersonAccount", true],
    ]);
    expect([...objects.keys()].toSorted()).toEqual(["Account", "Contact", "SecutixSale__c"]);
  });

  it("is described with the managed package and without person accounts", async () => {
    await org.order("/org", { personAccounts: false, prefix: "secutix__" });
    try {
      const { facts, objects } = await side.describe(["secutix__SecutixSale__c"]);
      expect(facts).toMatchObject({ prefix: "secutix__", personAccounts: false, recordTypes: [] });
      const sync = { keyField: "secutix__SyncId__c", rank: 0 };
      const { results } = await side.write([
        { ...company("1"), ...sync },
        {
          ...row("secutix__SecutixSale__c", "9", { Name: "Pass", secutix__Account__c: "1" }, 1),
          keyField: "secutix__SyncId__c",
        },
      ]);
      expect(failed(results)).toEqual([]);
      const {
        rows: [found],
      } = await side.find([
        {
          object: "secutix__SecutixSale__c",
          keyField: "secutix__SyncId__c",
          keys: ["9"],
          fields: ["secutix__Account__c"],
        },
      ]);
      expect(found?.fields).toEqual({ secutix__Account__c: "1" });
      expect(objects.get("secutix__SecutixSale__c")?.fields.map(({ name }) => name)).toContain(
        "secutix__SyncId__c",
      );
    } finally {
      await org.order("/org", { personAccounts: true, prefix: "" });
    }
  });

  it("takes a structure, its relay, a person and their sales in one call, each pointing to the one before", async () => {
    const { facts } = await side.describe(["Account", "Contact", "SecutixSale__c"]);
    const person = facts.recordTypes.find((type) => type.person)?.id ?? "";
    const before = await org.apiCalls();
    const { results, calls } = await side.write([
      sale("op1", { Account__c: "P1", Contact__c: null, Total_Amount__c: 12.5 }),
      sale("op2", { Contact__c: "R1" }),
      row("Contact", "R1", { LastName: "Relay", AccountId: "S1" }, 1),
      company("S1"),
      row("Account", "P1", { LastName: "O'Neill \\", RecordTypeId: person, PersonHasOptedOutOfEmail: true }),
    ]);
    expect(failed(results)).toEqual([]);
    expect(calls).toHaveLength(1);
    expect((await org.apiCalls()) - before).toBe(1);

    const { rows: found } = await side.find([
      {
        object: "SecutixSale__c",
        keyField: "SyncId__c",
        keys: ["OP1", "op2"],
        fields: ["Account__c", "Contact__c", "Total_Amount__c"],
      },
      { object: "Contact", keyField: "SyncId__c", keys: ["R1"], fields: ["AccountId", "LastName"] },
      {
        object: "Account",
        keyField: "SyncId__c",
        keys: ["P1", "none"],
        fields: ["LastName", "RecordTypeId", "PersonHasOptedOutOfEmail"],
      },
    ]);
    expect(found.map(({ key, fields }) => ({ key, fields }))).toEqual([
      { key: "OP1", fields: { Account__c: "P1", Contact__c: null, Total_Amount__c: 12.5 } },
      { key: "op2", fields: { Account__c: null, Contact__c: "R1", Total_Amount__c: null } },
      { key: "R1", fields: { AccountId: "S1", LastName: "Relay" } },
      { key: "P1", fields: { LastName: "O'Neill \\", RecordTypeId: person, PersonHasOptedOutOfEmail: true } },
    ]);
  });

  it("takes 1,000 rows for one API call, and the same rows again without a second record", async () => {
    await side.describe(["Account"]);
    const before = await org.apiCalls();
    const first = await side.write(companies(1_000));
    expect((await org.apiCalls()) - before).toBe(1);
    expect(first.results.every((result) => result.ok && result.created)).toBe(true);
    const second = await side.write(companies(1_000));
    expect(second.results.every((result) => result.ok && !result.created)).toBe(true);
    expect(second.results.map(idOf)).toEqual(first.results.map(idOf));
    expect(await org.records("Account")).toHaveLength(1_000);
  });

  it("updates by id, even when the external id has changed since", async () => {
    const id = idOf((await side.write([company("1")])).results[0]);
    await side.write([{ ...row("Account", "1", { SyncId__c: "changed", Name: "New" }), id }]);
    expect(await org.records("Account")).toMatchObject([{ Id: id, SyncId__c: "changed", Name: "New" }]);
  });

  it("refuses the one row that a validation rule is about and takes the others", async () => {
    await org.order("/validation-rules", {
      object: "Account",
      formula: 'SyncId__c = "7"',
      message: "Number seven is not welcome.",
    });
    const { results, calls } = await side.write(companies(50));
    expect(calls).toHaveLength(1);
    expect(failed(results)).toMatchObject([
      {
        rowId: "Account:7",
        fault: {
          code: "validation_rule",
          sentence: expect.stringContaining("“Number seven is not welcome.”"),
        },
      },
    ]);
  });

  it.each([
    ["too_long", row("Account", "1", { Name: "x".repeat(300) })],
    ["required_missing", row("Contact", "1", { FirstName: "Only" })],
    ["invalid_value", row("Contact", "1", { LastName: "A", Email: "no-address" })],
    ["reference_missing", row("Contact", "1", { LastName: "A", AccountId: "nobody" })],
    ["invalid_value", sale("1", { Quantity__c: "many" })],
  ])("says %s in words", async (code, refused) => {
    const [result] = (await side.write([refused])).results;
    expect(result).toMatchObject({ ok: false, fault: { code } });
    if (code === "reference_missing") expect(result).toMatchObject({ missingReference: "AccountId" });
  });

  it("tells of a record that was deleted", async () => {
    const id = idOf((await side.write([company("1")])).results[0]);
    await fetch(`${org.url}/__control/records?object=Account&id=${id}`, { method: "DELETE" });
    const { results } = await side.write([{ ...row("Account", "1", { Name: "New" }), id }]);
    expect(results).toMatchObject([{ ok: false, fault: { code: "record_deleted" } }]);
  });

  it("locks one row and takes the others", async () => {
    await org.order("/faults", { kind: "row-lock", object: "Account", times: 1, key: "3" });
    const { results } = await side.write(companies(5));
    expect(failed(results)).toMatchObject([{ rowId: "Account:3", fault: { code: "row_locked" } }]);
  });

  it("takes groups its triggers have no time for in smaller ones", async () => {
    await org.order("/faults", { kind: "apex-limit", object: "Account", times: 100, rowsOver: 60 });
    const { results } = await side.write(companies(200));
    expect(failed(results)).toEqual([]);
    expect(await org.records("Account")).toHaveLength(200);
  });

  it("has the rows when the connection broke after the write, and they are not written twice", async () => {
    await side.describe(["Account"]);
    await org.order("/faults", { kind: "drop-after-write", times: 1, match: "composite" });
    await expect(side.write(companies(10))).rejects.toMatchObject({ fault: { code: "org_unreachable" } });
    const { results } = await side.write(companies(10));
    expect(results.every((result) => result.ok && !result.created)).toBe(true);
    expect(await org.records("Account")).toHaveLength(10);
  });

  it("may end the session at any time", async () => {
    await side.describe(["Account"]);
    await org.order("/faults", { kind: "expire-sessions" });
    const { results } = await side.write(companies(3));
    expect(failed(results)).toEqual([]);
  });

  it.each([
    [{ kind: "status", status: 503, times: 1 }, "org_unavailable"],
    [{ kind: "limit-exceeded", times: 1 }, "org_limit"],
  ])("may be out of order: %j", async (fault, code) => {
    await side.describe(["Account"]);
    await org.order("/faults", { ...fault, match: "composite" });
    await expect(side.write(companies(3))).rejects.toMatchObject({ fault: { code } });
    expect(failed((await side.write(companies(3))).results)).toEqual([]);
  });

  it("finds hostile keys and nothing else", async () => {
    const hostile = ["a'b", "a\\", "x') OR Name != ('", 'q"q', "a\tb", "é&=#%+"];
    await side.write(hostile.map((key) => company(key)));
    await side.write(companies(3));
    const { rows: found } = await side.find([
      { object: "Account", keyField: "SyncId__c", keys: [...hostile, "' OR SyncId__c != '"], fields: [] },
    ]);
    expect(found.map(({ key }) => key).toSorted()).toEqual(hostile.toSorted());
  });

  it("lets the connector in with a signed assertion", async () => {
    const { privateKey, publicKey } = await generateKeyPair("RS256", { extractable: true });
    const username = "integration@myvenue.example";
    await org.order("/clients", { clientId: "jwt-app", publicKeyPem: await exportSPKI(publicKey), username });
    const signIn = {
      flow: "jwt",
      clientId: "jwt-app",
      username,
      privateKey: await exportPKCS8(privateKey),
    } as const;
    const jwtSide = openSalesforceSide({ ...org.config, signIn });
    await expect(jwtSide.describe(["Account"])).resolves.toBeDefined();
  });

  it("says what is wrong with a wrong secret", async () => {
    const signIn = { flow: "client-credentials", clientId: "demo-client", clientSecret: "wrong" } as const;
    const lockedOut = openSalesforceSide({ ...org.config, signIn });
    await expect(lockedOut.describe([])).rejects.toMatchObject({ fault: { code: "sign_in" } });
  });
});
