import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { compileMapping } from "./compile";
import { defaultMappings, defaultValueMaps } from "./defaults/defaults";
import { evaluateMapping } from "./evaluate";
import type { CompiledMapping, Evaluation, EvaluationContext } from "./evaluation";
import { testAccount, testContact, testSale } from "./test-describe";

type Json = Record<string, unknown>;

/** Integers that a number cannot hold are texts, as in every source the mapping gets. */
function payload(name: string): Json[] {
  const text = readFileSync(new URL(`../../../e2e/payloads/${name}.json`, import.meta.url), "utf8");
  return JSON.parse(text.replace(/(:\s*)(\d{16,})(?=[\s,}])/g, '$1"$2"')) as Json[];
}

const describes = { Account: testAccount(), Contact: testContact(), SecutixSale__c: testSale() };
const context: EvaluationContext = {
  valueMaps: defaultValueMaps,
  timeZone: "Europe/Zurich",
  selected: () => true,
};

const compiledByKind = new Map<string, CompiledMapping>(
  defaultMappings({
    individualsAs: "person-account",
    account: { kind: "private" },
    saleObject: "[p]SecutixSale__c",
  }).map(({ kind, document }) => {
    const object = document.object.replace("[p]", "") as keyof typeof describes;
    return [
      kind,
      compileMapping(document, { prefix: "", describe: describes[object], recordTypeId: "012A" }),
    ];
  }),
);

function kindOf(contact: Json): string {
  if (contact["type"] === "STRUCTURE") return "structure";
  return contact["role"] === "RELAY" ? "relay" : "individual";
}

async function evaluate(kind: string, source: unknown): Promise<Evaluation> {
  const compiled = compiledByKind.get(kind);
  if (!compiled) throw new Error(`no default mapping for ${kind}`);
  expect(compiled.problems).toEqual([]);
  return evaluateMapping(compiled, source, context);
}

/** What a new record would hold, as the expected files write it: look-ups by SyncId of the record they lead to. */
function held(evaluation: Evaluation): Json {
  const row: Json = {};
  for (const { target, value, reference } of evaluation.fields) {
    const name = reference ? `${target.replace(/__c$/, "__r").replace(/Id$/, "")}.SyncId__c` : target;
    row[name] = value;
  }
  return row;
}

function expectFields(actual: Json, expected: Json): void {
  for (const [name, value] of Object.entries(expected)) {
    if (name === "object") continue;
    const moment = typeof value === "string" && /T\d.*\+0000$/.test(value);
    // A field of a record that is new holds nothing where the mapping says nothing.
    expect([name, actual[name] ?? null]).toEqual([name, moment ? value.replace("+0000", "Z") : value]);
  }
}

describe("the default mappings give what Salesforce must hold", () => {
  const expectedContacts = new Map(payload("contacts-50.expected").map((row) => [row["SyncId__c"], row]));

  it.each(payload("contacts-50").map((contact) => [String(contact["contactNumber"]), contact] as const))(
    "for contact %s",
    async (number, contact) => {
      const evaluation = await evaluate(kindOf(contact), contact);
      const expected = expectedContacts.get(number) ?? {};
      expect(evaluation.problems).toEqual([]);
      expect(evaluation.key).toBe(number);
      expect(compiledByKind.get(kindOf(contact))?.object).toBe(expected["object"]);
      expectFields(held(evaluation), expected);
    },
  );

  it("for each operation of the twenty orders", async () => {
    const expected = new Map(payload("orders-20.expected").map((row) => [row["SyncId__c"], row]));
    for (const { orderDetailsData } of payload("orders-20") as { orderDetailsData: Json }[]) {
      for (const operation of orderDetailsData["operationDatas"] as Json[]) {
        const evaluation = await evaluate("operation", { operation, order: orderDetailsData });
        const row = expected.get(String(operation["operationId"])) ?? {};
        expect(evaluation.problems).toEqual([]);
        expectSale(held(evaluation), row);
        expected.delete(String(operation["operationId"]));
      }
    }
    expect([...expected.keys()]).toEqual([]);
  });
});

/** Which of the two look-ups is filled depends on how the contact is linked: the mapping offers its number to both. */
function expectSale(actual: Json, row: Json): void {
  const { "Account__r.SyncId__c": account, "Contact__r.SyncId__c": contact, ...fields } = row;
  expectFields(actual, fields);
  const number = row["ContactSTXNumber__c"];
  expect(account ?? contact ?? null).toBe(number);
  expect([actual["Account__r.SyncId__c"], actual["Contact__r.SyncId__c"]]).toEqual([number, number]);
}

describe("the edge contacts", () => {
  const contacts = payload("contacts-edge");
  const faultsOf = async (index: number): Promise<string[]> => {
    const contact = contacts[index] ?? {};
    const { problems } = await evaluate(kindOf(contact), contact);
    return problems.map(({ fault }) => `${fault.code} ${fault.field}: ${fault.sentence}`);
  };
  const fieldsOf = async (index: number): Promise<Json> => {
    const contact = contacts[index] ?? {};
    const evaluation = await evaluate(kindOf(contact), contact);
    expect(evaluation.problems).toEqual([]);
    return held(evaluation);
  };

  it("keeps the leading zeros of a number", async () => {
    expect((await fieldsOf(0))["SyncId__c"]).toBe("0000007");
  });

  it("leaves the salutation alone for a title it does not know", async () => {
    expect(await fieldsOf(1)).not.toHaveProperty("Salutation");
  });

  it("holds UK as a country and suggests GB", async () => {
    expect(await faultsOf(2)).toEqual([
      expect.stringMatching(/^invalid_value PersonMailingCountry: "UK" is not an ISO.*did you mean GB\?/),
    ]);
  });

  it("holds a last name of 95 characters, naming the field and its length", async () => {
    expect(await faultsOf(3)).toEqual([
      expect.stringMatching(/^too_long LastName: Last Name \(LastName\) is longer than 80 .* 95\./),
    ]);
  });

  it("says nothing of sections that are missing, and opts a new person out of e-mail", async () => {
    const contact = contacts[4] ?? {};
    const { fields } = await evaluate("individual", contact);
    const targets = fields.map(({ target }) => target);
    expect(targets.filter((target) => /Mailing|Other|Email$|Phone/.test(target))).toEqual([
      "PersonHasOptedOutOfEmail",
    ]);
    expect(fields.find(({ target }) => target === "PersonHasOptedOutOfEmail")).toMatchObject({
      value: true,
      when: "create",
    });
  });

  it("clears the addresses of an empty list, and holds what is no e-mail address", async () => {
    expect(await faultsOf(5)).toEqual([
      expect.stringContaining('invalid_value PersonEmail: E-mail "not an e-mail" is not valid.'),
    ]);
    const { fields } = await evaluate("individual", contacts[5]);
    expect(fields.find(({ target }) => target === "PersonMailingStreet")).toMatchObject({ value: null });
  });

  it("fails without a last name", async () => {
    expect(await faultsOf(8)).toEqual(["missing_value LastName: S-360 contact has no last name"]);
  });

  it("writes an anonymised contact as sent", async () => {
    expect((await fieldsOf(9))["LastName"]).toBe("XXXXXXXX");
  });

  it("points a relay to its structure, whether that is known or not", async () => {
    expect((await fieldsOf(10))["Account.SyncId__c"]).toBe("0077777");
  });

  it("takes the first of two main addresses and drops empty street lines", async () => {
    expect((await fieldsOf(11))["PersonMailingStreet"]).toBe("110 rue du Lac");
  });

  it("keeps formulas, markup and signs beyond the basic plane as they are", async () => {
    const fields = await fieldsOf(12);
    expect([fields["FirstName"], fields["LastName"]]).toEqual([
      "=cmd|' /C calc'!A0",
      "<script>alert(1)</script>",
    ]);
    expect((await fieldsOf(13))["LastName"]).toMatch(/^𝒜mélie 👩‍🎤/u);
  });

  it("fails without a contact number", async () => {
    expect(await faultsOf(14)).toContainEqual(expect.stringContaining("S-360 contact has no contact number"));
    expect((await evaluate("individual", contacts[15])).key).toBeNull();
  });

  it("is not moved by a __proto__ key", async () => {
    const fields = await fieldsOf(17);
    expect(fields["polluted"]).toBeUndefined();
    expect(({} as Json)["polluted"]).toBeUndefined();
  });

  it.each([null, "text", 7, [], [[]]])("survives %j in the place of a contact", async (source) => {
    expect((await evaluate("individual", source)).key).toBeNull();
  });
});

describe("the edge orders", () => {
  const orders = payload("orders-edge").map((item) => (item["orderDetailsData"] ?? item) as Json);
  const sale = (index: number): Promise<Evaluation> => {
    const order = orders[index] ?? {};
    const [operation] = order["operationDatas"] as Json[];
    return evaluate("operation", { operation, order });
  };

  it("leaves an anonymous sale without contact", async () => {
    const row = held(await sale(0));
    expect(row).toMatchObject({
      ContactSTXNumber__c: null,
      "Account__r.SyncId__c": null,
      "Contact__r.SyncId__c": null,
    });
  });

  it("holds an amount that is a text, and tells it for the name too", async () => {
    const { problems } = await sale(5);
    expect(problems.map(({ fault }) => [fault.code, fault.field])).toEqual([
      ["invalid_value", "Name"],
      ["invalid_value", "Total_Amount__c"],
    ]);
    for (const { fault } of problems) {
      expect(fault.sentence).toContain("whole number of thousandths");
      expect(fault.sentence).toContain("operation.totalAmount");
    }
  });

  it("passes order types and currencies it does not know", async () => {
    expect(held(await sale(4))["OrderType__c"]).toBe("SOMETHING_NEW");
    expect(held(await sale(6))["CatalogCurrency__c"]).toBe("XXX");
  });

  it("keeps every digit of ids beyond what a number holds", async () => {
    const last = orders.length - 1;
    expect(held(await sale(last))["SecuTixOrderId__c"]).toBe("90071992547409931");
    expect((await sale(last)).key).toBe(
      String((orders[last]?.["operationDatas"] as Json[])[0]?.["operationId"]),
    );
  });

  it("cuts the name at 80 characters and never within a character", async () => {
    const order = { ...orders[0], catalogCurrency: { currencyCode: "EUR" } };
    const operation = { operationId: 1, product: "x".repeat(79) + "🎭", totalAmount: 1000 };
    const row = held(await evaluate("operation", { operation, order }));
    expect(row["Name"]).toBe("x".repeat(79));
  });
});
