import { describe, expect, it } from "vitest";
import { deleteRow } from "./delete";
import { rowsToDelete } from "./delete-set";
import { parseRow } from "./parse-row";
import { emptyRecycleBin, purgeRow } from "./purge";
import { insertRow } from "./save";
import { undeleteRow } from "./undelete";
import { writerFor, type Writer } from "./writer";
import { setRights } from "../access/direct-rights";
import type { SObject } from "../model/schema";
import type { FieldModel } from "../model/types";
import { Org } from "../org/org";
import { resolveOptions } from "../org/options";

/** An org whose sales have their lookup to Contact changed, and maybe further fields. */
function open(lookup: Partial<FieldModel> = {}, more: readonly Partial<FieldModel>[] = []) {
  const org = new Org(resolveOptions({}));
  const sale = named(org, "SecutixSale__c");
  const contact = sale.field("Contact__c");
  if (!contact) throw new Error("The package is missing.");
  const fields = sale.model.fields.map((field) => (field === contact ? { ...field, ...lookup } : field));
  org.define([{ ...sale.model, fields: [...fields, ...more.map((extra) => ({ ...contact, ...extra }))] }]);
  return { org, writer: writerFor(org, org.setup.adminUserId) };
}

function add(org: Org, writer: Writer, objectName: string, values: Record<string, unknown>): string {
  const object = named(org, objectName);
  const saved = insertRow(org, writer, object, parseRow(org.schema, object, values, ""));
  if (!saved.success) throw new Error(saved.errors[0]?.message);
  return saved.id;
}

function named(org: Org, name: string): SObject {
  const object = org.schema.find(name);
  if (!object) throw new Error(`There is no ${name}.`);
  return object;
}

const stored = (org: Org, name: string, id: string) => org.store.table(named(org, name)).get(id);

describe("a record that points to the deleted one twice", () => {
  it("loses both lookups, and has both again when the deleted one comes back", () => {
    const payer = { name: "Payer__c", relationshipName: "Payer__r", childRelationshipName: "Paid__r" };
    const { org, writer } = open({}, [payer]);
    const contact = add(org, writer, "Contact", { LastName: "Both" });
    const sale = add(org, writer, "SecutixSale__c", { Name: "Twice", Contact__c: contact });
    const sales = named(org, "SecutixSale__c");
    org.store.put(sales, { ...stored(org, "SecutixSale__c", sale), Payer__c: contact });
    deleteRow(org, writer, named(org, "Contact"), contact);
    const row = stored(org, "SecutixSale__c", sale);
    expect([row?.Contact__c, row?.Payer__c]).toEqual([undefined, undefined]);
    undeleteRow(org, writer, named(org, "Contact"), contact);
    expect(stored(org, "SecutixSale__c", sale)).toMatchObject({ Contact__c: contact, Payer__c: contact });
  });
});

describe("what goes along with a large account", () => {
  it("is found whole", () => {
    const { org, writer } = open();
    const account = add(org, writer, "Account", { Name: "Large" });
    const contacts = named(org, "Contact");
    for (let number = 0; number < 5_000; number += 1) {
      const Id = `003${String(number).padStart(15, "0")}`;
      org.store.put(contacts, { Id, LastName: "Along", AccountId: account, IsDeleted: false });
    }
    const rows = rowsToDelete(org, named(org, "Account"), stored(org, "Account", account) ?? {});
    expect(rows).toHaveLength(5_001);
  });
});

describe("restoring", () => {
  it("needs the right to delete", () => {
    const { org, writer } = open();
    const userId = org.setup.integrationUserId;
    const contact = add(org, writer, "Contact", { LastName: "Binned" });
    deleteRow(org, writer, named(org, "Contact"), contact);
    setRights(org, userId, "Contact", { object: { delete: false }, fields: {} });
    expect(undeleteRow(org, writerFor(org, userId), named(org, "Contact"), contact)).toMatchObject({
      success: false,
      errors: [
        {
          statusCode: "INSUFFICIENT_ACCESS_OR_READONLY",
          message: "insufficient access rights on object id",
        },
      ],
    });
    expect(undeleteRow(org, writer, named(org, "Contact"), contact).success).toBe(true);
  });
});

describe("a detail of two masters", () => {
  it("comes back with the one that took it along only when the other is there", () => {
    const other = {
      name: "Account__c",
      relationshipName: "Account__r",
      childRelationshipName: "Second__r",
      referenceTo: ["Account"],
      cascadeDelete: true,
      relationshipOrder: 1,
    };
    const { org, writer } = open({ cascadeDelete: true, relationshipOrder: 0 }, [other]);
    const contact = add(org, writer, "Contact", { LastName: "First" });
    const account = add(org, writer, "Account", { Name: "Second" });
    const sale = add(org, writer, "SecutixSale__c", { Name: "Both", Contact__c: contact });
    const sales = named(org, "SecutixSale__c");
    org.store.put(sales, { ...stored(org, "SecutixSale__c", sale), Account__c: account });
    deleteRow(org, writer, named(org, "Contact"), contact);
    deleteRow(org, writer, named(org, "Account"), account);
    undeleteRow(org, writer, named(org, "Contact"), contact);
    expect(stored(org, "Contact", contact)).toMatchObject({ IsDeleted: false });
    expect(stored(org, "SecutixSale__c", sale)).toMatchObject({ IsDeleted: true, Account__c: account });
  });
});

describe("a detail that was deleted before its master", () => {
  function deleteBoth() {
    const opened = open({ cascadeDelete: true, relationshipOrder: 0 });
    const { org, writer } = opened;
    const contact = add(org, writer, "Contact", { LastName: "Master" });
    const sale = add(org, writer, "SecutixSale__c", { Name: "Detail", Contact__c: contact });
    deleteRow(org, writer, named(org, "SecutixSale__c"), sale);
    deleteRow(org, writer, named(org, "Contact"), contact);
    return { ...opened, contact, sale };
  }

  it("does not come back without it", () => {
    const { org, writer, contact, sale } = deleteBoth();
    const restore = () => undeleteRow(org, writer, named(org, "SecutixSale__c"), sale);
    expect(restore()).toMatchObject({
      success: false,
      errors: [{ statusCode: "UNDELETE_FAILED", message: "Entity is not in the recycle bin" }],
    });
    undeleteRow(org, writer, named(org, "Contact"), contact);
    expect(restore().success).toBe(true);
    expect(stored(org, "SecutixSale__c", sale)).toMatchObject({ IsDeleted: false, Contact__c: contact });
  });

  it("is purged with it", () => {
    const one = deleteBoth();
    purgeRow(one.org, one.writer, named(one.org, "Contact"), one.contact);
    expect(stored(one.org, "SecutixSale__c", one.sale)).toBeUndefined();
    const other = deleteBoth();
    expect(emptyRecycleBin(other.org, named(other.org, "Contact"))).toBe(2);
    expect(stored(other.org, "SecutixSale__c", other.sale)).toBeUndefined();
  });
});
