import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it, vi } from "vitest";
import { OrgHolder } from "./org-holder";
import { resolveOptions } from "./options";

describe("an org that another one has replaced", () => {
  it("tells nobody of its changes any more, while the new one does", () => {
    const holder = new OrgHolder(resolveOptions({}));
    const watcher = { row: vi.fn(), settings: vi.fn(), replaced: vi.fn() };
    holder.watchChanges(watcher);
    const before = holder.org;
    const after = holder.reset();
    expect(watcher.replaced).toHaveBeenCalledOnce();
    const write = ({ schema, store }: typeof before) => store.put(schema.standard("Contact"), { Id: "003" });
    before.onSettings();
    write(before);
    expect(watcher.settings).not.toHaveBeenCalled();
    expect(watcher.row).not.toHaveBeenCalled();
    after.onSettings();
    write(after);
    expect(watcher.settings).toHaveBeenCalledOnce();
    expect(watcher.row).toHaveBeenCalledOnce();
  });

  it("starts no work any more", async () => {
    const holder = new OrgHolder(resolveOptions({}));
    const before = holder.org;
    const work = vi.fn();
    before.jobs.later(work, 0);
    const after = holder.reset();
    before.jobs.later(work, 0);
    await sleep(20);
    expect(work).not.toHaveBeenCalled();
    expect([before.isRetired, after.isRetired]).toEqual([true, false]);
    holder.close();
    expect(after.isRetired).toBe(true);
  });
});
