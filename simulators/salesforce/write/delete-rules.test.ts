import { describe, expect, it } from "vitest";
import { deleteRow } from "./delete";
import { deletedRows } from "./deleted-rows";
import { parseRow } from "./parse-row";
import { purgeExpired, purgeRow } from "./purge";
import { insertRow } from "./save";
import { undeleteRow } from "./undelete";
import { writerFor, type Writer } from "./writer";
import type { SObject } from "../model/schema";
import { Org } from "../org/org";
import { resolveOptions } from "../org/options";

class ClockedOrg extends Org {
  offsetMs = 0;
  override now(): Date {
    return new Date(Date.UTC(2026, 10, 22) + (this.offsetMs ?? 0));
  }
}

const DAY_MS = 86_400_000;

function open(lookup: { restrictedDelete?: boolean; cascadeDelete?: boolean } = {}) {
  const org = new ClockedOrg(resolveOptions({}));
  const sale = org.schema.find("SecutixSale__c");
  if (!sale) throw new Error("The package is missing.");
  const fields = sale.model.fields.map((field) =>
    field.name === "Contact__c" ? { ...field, ...lookup } : field,
  );
  org.define([{ ...sale.model, fields }]);
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

describe("deleting a record that others look up", () => {
  it("is refused by a lookup that forbids it, also when the record would go along with its parent", () => {
    const { org, writer } = open({ restrictedDelete: true });
    const account = add(org, writer, "Account", { Name: "Étoile" });
    const contact = add(org, writer, "Contact", { LastName: "Held", AccountId: account });
    add(org, writer, "SecutixSale__c", { Contact__c: contact, Name: "Sale 1" });
    const message =
      "Your attempt to delete Held could not be completed because it is associated with the following secutixsales.: Sale 1\n";
    const refused = { success: false, errors: [{ statusCode: "DELETE_FAILED", message, fields: [] }] };
    expect(deleteRow(org, writer, named(org, "Contact"), contact)).toEqual(refused);
    expect(deleteRow(org, writer, named(org, "Account"), account)).toEqual(refused);
  });

  it("takes details of a master along, over several levels", () => {
    const { org, writer } = open({ cascadeDelete: true });
    const account = add(org, writer, "Account", { Name: "Étoile" });
    const contact = add(org, writer, "Contact", { LastName: "Detail", AccountId: account });
    const sale = add(org, writer, "SecutixSale__c", { Contact__c: contact });
    deleteRow(org, writer, named(org, "Account"), account);
    const row = () => org.store.table(named(org, "SecutixSale__c")).get(sale);
    expect(row()?.IsDeleted).toBe(true);
    undeleteRow(org, writer, named(org, "Account"), account);
    expect(row()).toMatchObject({ IsDeleted: false, Contact__c: contact });
  });
});

describe("the recycle bin over time", () => {
  it("gives nothing back after 15 days", () => {
    const { org, writer } = open();
    const contacts = named(org, "Contact");
    const id = add(org, writer, "Contact", { LastName: "Old" });
    deleteRow(org, writer, contacts, id);
    org.offsetMs = 16 * DAY_MS;
    expect(undeleteRow(org, writer, contacts, id).success).toBe(false);
    expect(purgeExpired(org)).toBe(1);
    expect(org.store.table(contacts).get(id)).toBeUndefined();
  });

  it("tells what was deleted when, also after it was purged or hard-deleted", () => {
    const { org, writer } = open();
    const contacts = named(org, "Contact");
    const [binned, purged, hard, back] = ["A", "B", "C", "D"].map((LastName) =>
      add(org, writer, "Contact", { LastName }),
    );
    const start = org.now();
    for (const id of [binned, purged, back]) deleteRow(org, writer, contacts, id ?? "");
    org.offsetMs = DAY_MS;
    purgeRow(org, writer, contacts, purged ?? "");
    purgeRow(org, writer, contacts, hard ?? "");
    undeleteRow(org, writer, contacts, back ?? "");
    const log = deletedRows(org, contacts, start, org.now());
    expect(log.map(({ id }) => id).sort()).toEqual([binned, purged, hard].sort());
    expect(log.map(({ deletedMs }) => deletedMs - start.getTime())).toEqual([0, 0, DAY_MS]);
    expect(deletedRows(org, contacts, new Date(start.getTime() + 1), org.now()).map(({ id }) => id)).toEqual([
      hard,
    ]);
  });
});
