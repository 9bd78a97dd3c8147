import { describe, expect, it } from "vitest";
import { compileMapping } from "../compile";
import { defaultMappings, defaultValueMaps, type DefaultsChoice } from "./defaults";
import { evaluateMapping } from "../evaluate";
import type { EvaluatedField } from "../evaluation";
import { testAccount, testContact } from "../test-describe";

const context = { valueMaps: defaultValueMaps, timeZone: "Europe/Zurich", selected: () => true };
const person = { contactNumber: "0012030", individualContact: { individualLastName: " Lefèvre " } };

async function individual(
  account: DefaultsChoice["account"],
  object: string,
  source: object = person,
): Promise<ReadonlyMap<string, EvaluatedField>> {
  const choice = { individualsAs: "contact", account, saleObject: "[p]SecutixSale__c" } as const;
  const named = defaultMappings(choice).find(
    ({ kind, document }) => kind === "individual" && document.object === object,
  );
  if (!named) throw new Error(`no mapping of individuals to ${object}`);
  const org = { personAccounts: false };
  const describe = object === "Account" ? testAccount(org) : testContact(org);
  const compiled = compileMapping(named.document, { prefix: "", describe, recordTypeId: null });
  const { fields, problems } = await evaluateMapping(compiled, source, context);
  expect(problems).toEqual([]);
  return new Map(fields.map((field) => [field.target, field]));
}

describe("individuals as Contacts", () => {
  it("have no Account when they are private", async () => {
    expect((await individual({ kind: "private" }, "Contact")).has("AccountId")).toBe(false);
  });

  it("share the chosen Accounts, each always the same one", async () => {
    const account = { kind: "bucket" as const, accountSyncIds: ["B-1", 'B-"2"'] };
    const chosen = (await individual(account, "Contact")).get("AccountId");
    expect(account.accountSyncIds).toContain(chosen?.value);
    expect(chosen?.reference).toEqual({ object: "Account" });
    expect((await individual(account, "Contact")).get("AccountId")).toEqual(chosen);
  });

  it("have a household each", async () => {
    const household = await individual({ kind: "household" }, "Account");
    expect(household.get("SyncId__c")?.value).toBe("H-0012030");
    expect(household.get("Name")?.value).toBe("Lefèvre household");
    const contact = await individual({ kind: "household" }, "Contact");
    expect(contact.get("AccountId")).toMatchObject({ value: "H-0012030", reference: { object: "Account" } });
    expect(contact.get("SyncId__c")?.value).toBe("0012030");
  });
});

describe("back to S-360", () => {
  const twoWay = (individualsAs: DefaultsChoice["individualsAs"], kind: string): string[] =>
    defaultMappings({ individualsAs, account: { kind: "private" }, saleObject: "[p]SecutixSale__c" })
      .filter((named) => named.kind === kind)
      .flatMap(({ document }) => document.lines.filter((line) => line.twoWay).map((line) => line.target));

  it("go names, e-mail, phones, birthday, main address, e-mail opt-out and salutation of a person", () => {
    const fields =
      "Email MobilePhone HomePhone Birthdate MailingStreet MailingCity MailingPostalCode MailingCountry HasOptedOutOfEmail";
    const own = ["Salutation", "FirstName", "LastName"];
    expect(twoWay("contact", "individual")).toEqual([...own, ...fields.split(" ")]);
    expect(twoWay("contact", "relay")).toEqual([...own, ...fields.split(" ")]);
    const person_ = fields.split(" ").map((name) => `Person${name}`);
    expect(twoWay("person-account", "individual")).toEqual([...own, ...person_]);
  });

  it("go name, phone and main address of a structure, and nothing of a sale", () => {
    expect(twoWay("contact", "structure")).toEqual([
      "Name",
      "Phone",
      "BillingStreet",
      "BillingCity",
      "BillingPostalCode",
      "BillingCountry",
    ]);
    expect(twoWay("contact", "operation")).toEqual([]);
  });
});
