import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Org } from "./org";
import { resolveOptions } from "./options";
import { Table } from "./table";
import { inTransaction } from "./transaction";
import { load } from "../bulk/test-jobs";
import { addDuplicateRule } from "../duplicates/compile-rule";
import { deploy, field, file, manifest } from "../metadata/test-package";
import { TestBrowser } from "../page/test-browser";
import { useOrg, type RowResult } from "../test-org";
import { parseRow } from "../write/parse-row";
import { purgeRow } from "../write/purge";
import { insertRow } from "../write/save";
import { writerFor } from "../write/writer";

const FAULT = new Error("a fault of the simulator");

describe("work that throws", () => {
  const org = new Org(resolveOptions({}));
  const contacts = org.schema.standard("Contact");
  const admin = writerFor(org, org.setup.adminUserId);
  const add = (lastName: string, email: string) => {
    const parsed = parseRow(org.schema, contacts, { LastName: lastName, Email: email }, "");
    const saved = insertRow(org, admin, contacts, parsed);
    return saved.success ? saved.id : "";
  };
  const throwing = (work: () => void) => () =>
    inTransaction(org, () => {
      work();
      throw FAULT;
    });

  it("leaves rows, what finds duplicates, and counts as they were", () => {
    const stored = {
      id: "d",
      object: "Contact",
      name: "DR",
      matchingRule: "MR",
      message: "Use one of these records?",
      onCreate: "block",
      onEdit: "off",
      match: [{ field: "Email", method: "exact", matchBlank: false }],
    } as const;
    addDuplicateRule(org, { ...stored, match: [...stored.match] });
    const work = throwing(() => {
      add("Gone", "a@mail.example");
      org.stats.count("Contact", "created");
    });
    expect(work).toThrow(FAULT);
    expect(org.store.table(contacts).countLive).toBe(0);
    expect(org.stats.snapshot().objects).toEqual({});
    expect(add("Stays", "a@mail.example")).not.toBe("");
    org.store.commit();
  });

  it("leaves the delete log without records that are there again", () => {
    const id = add("Purged", "b@mail.example");
    org.store.commit();
    const work = throwing(() => {
      expect(purgeRow(org, admin, contacts, id).success).toBe(true);
      expect(org.deleteLog.of("Contact")).toHaveLength(1);
    });
    expect(work).toThrow(FAULT);
    expect(org.store.table(contacts).get(id)?.IsDeleted).toBe(false);
    expect(org.deleteLog.of("Contact")).toEqual([]);
  });

  it("leaves the schema, the tabs and every user's rights as they were", () => {
    const user = org.setup.integrationUserId;
    const before = org.schemaFor(user);
    const { model } = contacts;
    const work = throwing(() => {
      org.define([{ ...model, fields: model.fields.filter(({ name }) => name !== "Email") }]);
      org.customTabs = new Set(["Contact"]);
      for (const name of ["ObjectPermissions", "FieldPermissions"]) {
        const object = org.schema.find(name);
        for (const row of object ? [...org.store.table(object).all()] : []) {
          if (object) org.store.put(object, { ...row, IsDeleted: true });
        }
      }
      expect(org.schemaFor(user).find("Contact")).toBeUndefined();
    });
    expect(work).toThrow(FAULT);
    expect(org.schema.find("Contact")?.field("Email")).toBeDefined();
    expect(org.customTabs).toEqual(new Set());
    const names = (schema = org.schemaFor(user)) =>
      schema.find("Contact")?.model.fields.map(({ name }) => name);
    expect(names()).toEqual(names(before));
  });
});

describe("a fault of the simulator in the middle of a request", () => {
  const org = useOrg();
  const set = Table.prototype.set;

  beforeEach(() => {
    vi.spyOn(console, "error").mockReturnValue();
    vi.spyOn(Table.prototype, "set").mockImplementation(function (this: Table, id, row) {
      if (row?.LastName === "Fault" || row?.Gate__c === "Fault") throw FAULT;
      set.call(this, id, row);
    });
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    expect(await org.stored("Contact")).toEqual([]);
  });

  it("leaves nothing of a REST call, allOrNone or not", async () => {
    for (const allOrNone of [true, false]) {
      const { status } = await org.api<RowResult[]>("POST", "/composite/sobjects", {
        allOrNone,
        records: ["First", "Fault"].map((LastName) => ({ attributes: { type: "Contact" }, LastName })),
      });
      expect(status).toBe(500);
      expect(await org.stored("Contact")).toEqual([]);
    }
    const { body } = await org.control<{ objects: object }>("GET", "/stats");
    expect(body.objects).toEqual({});
  });

  it("leaves nothing of the chunk of a Bulk job", async () => {
    const job = await load(org, { operation: "insert" }, "LastName\nFirst\nFault\n");
    expect(job).toMatchObject({ state: "Failed", numberRecordsProcessed: 0 });
  });

  it("leaves nothing of a control request", async () => {
    const records = ["First", "Fault"].map((LastName) => ({ LastName }));
    const { status } = await org.control("POST", "/records", { object: "Contact", records });
    expect(status).toBe(500);
  });

  it("leaves nothing of a page's form", async () => {
    const browser = new TestBrowser(org);
    await browser.open("/lightning/o/Contact/new");
    const sent = browser.submit("/lightning/o/Contact/new", { LastName: "Fault" });
    await sent.catch(() => undefined);
    await sleep(0);
  });

  it("leaves nothing of a deployment", async () => {
    vi.mocked(Table.prototype.set).mockImplementation(function (this: Table, id, row) {
      if (this.object.name === "PermissionSet" && row?.Name === "Fault") throw FAULT;
      set.call(this, id, row);
    });
    const result = await deploy(org, {
      "package.xml": manifest({ CustomField: ["Contact.Gate__c"], PermissionSet: ["Fault"] }),
      "objects/Contact.object": file("CustomObject", field("Gate__c", "Text", "<length>20</length>")),
      "permissionsets/Fault.permissionset": file("PermissionSet", "<label>Fault</label>"),
    });
    expect(result).toMatchObject({ status: "Failed" });
    const { body } = await org.api<{ fields: { name: string }[] }>("GET", "/sobjects/Contact/describe");
    expect(body.fields.map(({ name }) => name)).not.toContain("Gate__c");
  });
});
