import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { OrgHolder } from "./org-holder";
import { resolveOptions } from "./options";
import { StateFile } from "./state-file";
import { parseRow } from "../write/parse-row";
import { insertRow } from "../write/save";
import { writerFor } from "../write/writer";

const folder = mkdtempSync(join(tmpdir(), "salesforce-state-"));
afterAll(() => rmSync(folder, { recursive: true }));

const path = (name: string) => join(folder, `${name}.jsonl`);

function open(name: string): { holder: OrgHolder; file: StateFile } {
  const holder = new OrgHolder(resolveOptions({}));
  const file = new StateFile(path(name), holder);
  file.load();
  file.watch();
  return { holder, file };
}

function addContact({ org }: OrgHolder, lastName: string): string {
  const contacts = org.schema.standard("Contact");
  const parsed = parseRow(org.schema, contacts, { LastName: lastName }, "");
  const saved = insertRow(org, writerFor(org, org.setup.adminUserId), contacts, parsed);
  org.store.commit();
  return saved.success ? saved.id : "";
}

function lastNames({ org }: OrgHolder): unknown[] {
  return [...org.store.table(org.schema.standard("Contact")).all()].map((row) => row.LastName);
}

describe("the state file", () => {
  it("is written whole once and then grows by what changed", () => {
    const { holder, file } = open("grows");
    addContact(holder, "First");
    file.save();
    const whole = readFileSync(path("grows"), "utf8");
    addContact(holder, "Second");
    file.save();
    const grown = readFileSync(path("grows"), "utf8");
    expect(grown.startsWith(whole)).toBe(true);
    const added = grown.slice(whole.length).trimEnd().split("\n");
    expect(added).toHaveLength(2);
    expect(lastNames(open("grows").holder)).toEqual(["First", "Second"]);
  });

  it("keeps counting record ids where the org left off", () => {
    const first = open("ids");
    const id = addContact(first.holder, "First");
    first.file.save();
    expect(addContact(open("ids").holder, "Second") > id).toBe(true);
  });

  it("leaves out a last line that a crash cut off", () => {
    const { holder, file } = open("cut");
    addContact(holder, "Whole");
    file.save();
    appendFileSync(path("cut"), '{"object":"Contact","row":{"Id":"003');
    const again = open("cut");
    expect(lastNames(again.holder)).toEqual(["Whole"]);
    addContact(again.holder, "After");
    again.file.save();
    expect(lastNames(open("cut").holder)).toEqual(["Whole", "After"]);
  });

  it("forgets the rows of an org that was reset", () => {
    const { holder, file } = open("reset");
    addContact(holder, "Gone");
    file.save();
    holder.reset();
    file.save();
    expect(lastNames(open("reset").holder)).toEqual([]);
  });

  it("reads files of the first version, which were one object", () => {
    const { holder } = open("source");
    addContact(holder, "Kept");
    const { org } = holder;
    const rows = Object.fromEntries(
      [...org.store.all()].map((table) => [table.object.name, [...table.all()]]),
    );
    const { personAccounts, prefix, secutixPackage } = org.shape;
    writeFileSync(
      path("old"),
      JSON.stringify({
        format: 1,
        seed: 1,
        shape: { personAccounts, prefix, secutixPackage },
        idCounters: org.ids.state(),
        rows,
        validationRules: [],
      }),
    );
    expect(lastNames(open("old").holder)).toEqual(["Kept"]);
  });

  it("refuses a file that is something else", () => {
    writeFileSync(path("other"), "not ours");
    expect(() => open("other")).toThrow("does not hold the state of a simulated Salesforce org");
  });
});
