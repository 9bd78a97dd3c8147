import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import { OrgHolder } from "./org-holder";
import { resolveOptions } from "./options";
import { StateFile } from "./state-file";
import { parseRow } from "../write/parse-row";
import { insertRow } from "../write/save";
import { writerFor } from "../write/writer";

const disk = vi.hoisted(() => ({ isFull: false, done: [] as string[] }));

/** A disk that, once full, takes half of what is written, as a real one does. */
vi.mock("node:fs", async (original) => {
  const real = await original<typeof fs>();
  const halfOf = (data: Buffer | string) => Buffer.from(data).subarray(0, Math.floor(data.length / 2));
  return {
    ...real,
    writeFileSync: (target: number | string, data: Buffer | string) => {
      real.writeFileSync(target, disk.isFull ? halfOf(data) : data);
      if (disk.isFull) throw new Error("ENOSPC: no space left on device");
    },
    appendFileSync: (target: string, data: string) => {
      real.appendFileSync(target, disk.isFull ? halfOf(data) : data);
      if (disk.isFull) throw new Error("ENOSPC: no space left on device");
    },
    fsyncSync: (file: number) => {
      disk.done.push("sync");
      real.fsyncSync(file);
    },
    renameSync: (from: string, to: string) => {
      disk.done.push("rename");
      real.renameSync(from, to);
    },
  };
});

const folder = fs.mkdtempSync(join(tmpdir(), "salesforce-state-"));
beforeEach(() => {
  disk.isFull = false;
  disk.done = [];
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

const path = (name: string) => join(folder, `${name}.jsonl`);

function open(name: string): { holder: OrgHolder; file: StateFile } {
  const holder = new OrgHolder(resolveOptions({}));
  const file = new StateFile(path(name), holder);
  file.load();
  file.watch();
  return { holder, file };
}

function addContact({ org }: Pick<OrgHolder, "org">, lastName: string): void {
  const contacts = org.schema.standard("Contact");
  const parsed = parseRow(org.schema, contacts, { LastName: lastName }, "");
  insertRow(org, writerFor(org, org.setup.adminUserId), contacts, parsed);
  org.store.commit();
}

function lastNames({ org }: OrgHolder): unknown[] {
  return [...org.store.table(org.schema.standard("Contact")).all()].map((row) => row.LastName);
}

describe("a state file on a full disk", () => {
  it("loses nothing of what was saved before and after", () => {
    const { holder, file } = open("full");
    addContact(holder, "Before");
    file.save();
    addContact(holder, "Meanwhile");
    disk.isFull = true;
    expect(() => file.save()).toThrow("ENOSPC");
    disk.isFull = false;
    addContact(holder, "After");
    file.save();
    expect(lastNames(open("full").holder)).toEqual(["Before", "Meanwhile", "After"]);
  });

  it("keeps the whole file it had when a new whole one cannot be written", () => {
    const { holder, file } = open("whole");
    addContact(holder, "Before");
    file.save();
    holder.reset();
    disk.isFull = true;
    expect(() => file.save()).toThrow("ENOSPC");
    disk.isFull = false;
    expect(lastNames(open("whole").holder)).toEqual(["Before"]);
  });
});

describe("a state file with a broken line", () => {
  it("is refused when more lines follow, which would be lost", () => {
    const { holder, file } = open("middle");
    addContact(holder, "Before");
    file.save();
    fs.appendFileSync(path("middle"), '{"object":"Contact","row":{"Id":"0');
    fs.appendFileSync(path("middle"), '{"object":"Contact","gone":"003000000000001AAA"}\n{"settings":{}}\n');
    expect(() => open("middle")).toThrow(/is damaged: line \d+ cannot be read, and more lines follow/);
  });
});

describe("a state file that is written whole", () => {
  it("is on the disk before it takes the old one's place, and for its owner alone", () => {
    const { holder, file } = open("sync");
    addContact(holder, "Kept");
    fs.writeFileSync(`${path("sync")}.new`, "left behind");
    fs.chmodSync(`${path("sync")}.new`, 0o644);
    file.save();
    expect(disk.done).toEqual(["sync", "rename"]);
    expect(fs.statSync(path("sync")).mode & 0o777).toBe(0o600);
  });
});

describe("a state file that grows", () => {
  it("goes on behind what was loaded, instead of being written whole again", () => {
    const first = open("on");
    addContact(first.holder, "First");
    first.file.close();
    const before = fs.readFileSync(path("on"), "utf8");
    disk.done = [];
    const again = open("on");
    again.file.save();
    expect(fs.readFileSync(path("on"), "utf8")).toBe(before);
    addContact(again.holder, "Second");
    again.file.save();
    expect(disk.done).toEqual([]);
    expect(fs.readFileSync(path("on"), "utf8").startsWith(before)).toBe(true);
    expect(lastNames(open("on").holder)).toEqual(["First", "Second"]);
  });

  it("has the settings again only when they changed", () => {
    const { holder, file } = open("settings");
    addContact(holder, "First");
    file.save();
    const { org } = holder;
    const contacts = org.schema.standard("Contact");
    for (const title of ["a", "b", "c"]) {
      for (const row of [...org.store.table(contacts).all()])
        org.store.put(contacts, { ...row, Title: title });
      file.save();
    }
    org.customTabs = new Set(["Contact"]);
    file.save();
    const lines = fs.readFileSync(path("settings"), "utf8").split("\n");
    expect(lines.filter((line) => line.startsWith('{"settings"'))).toHaveLength(2);
  });

  it("is written anew when what was appended outweighs it", () => {
    const { holder, file } = open("anew");
    addContact(holder, "First");
    file.save();
    const { org } = holder;
    const contacts = org.schema.standard("Contact");
    for (let time = 0; time < 60; time++) {
      const [row] = [...org.store.table(contacts).all()];
      org.store.put(contacts, { ...row, Description: String(time).padEnd(100_000, "x") });
      file.save();
    }
    expect(fs.statSync(path("anew")).size).toBeLessThan(5_000_000);
    expect(lastNames(open("anew").holder)).toEqual(["First"]);
  });

  it("holds nothing of an org that another one replaced, even if that one still writes", () => {
    const { holder, file } = open("replaced");
    const before = holder.org;
    addContact(holder, "Old");
    holder.reset();
    file.save();
    addContact({ org: before }, "Late");
    before.customTabs = new Set(["Contact"]);
    before.onSettings();
    addContact(holder, "New");
    file.save();
    expect(fs.readFileSync(path("replaced"), "utf8")).not.toMatch(/"(?:Old|Late)"/);
    expect(lastNames(open("replaced").holder)).toEqual(["New"]);
  });

  it("stays as it was once it is closed", () => {
    vi.useFakeTimers();
    const { holder, file } = open("closed");
    addContact(holder, "Kept");
    file.close();
    const before = fs.readFileSync(path("closed"), "utf8");
    addContact(holder, "Late");
    vi.advanceTimersByTime(60_000);
    vi.useRealTimers();
    expect(fs.readFileSync(path("closed"), "utf8")).toBe(before);
  });
});
