import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startS360Simulator, type S360Simulator, type S360SimulatorOptions } from "../server";
import { call, contacts, contactService, control, token } from "../testing/api-client";

describe("the API side over a restart", () => {
  let folder: string;
  let stateFile: string;
  let s360: S360Simulator;
  const restart = async (settings: S360SimulatorOptions["settings"] = {}) => {
    await s360.close();
    s360 = await startS360Simulator({ demo: true, stateFile, settings: { scheduleSeconds: 0, ...settings } });
  };
  const read = async (secret?: string) => {
    const authorization = `Bearer ${await token({}, secret)}`;
    return call(s360, `${contactService}/getContactData`, { contactNumber: "0030100" }, { authorization });
  };

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "s360-api-"));
    stateFile = join(folder, "state.json");
    s360 = await startS360Simulator({ demo: true, stateFile, settings: { scheduleSeconds: 0 } });
  });
  afterEach(async () => {
    await s360.close();
    rmSync(folder, { recursive: true });
  });

  it("keeps contacts, who wrote them, counts, calls and faults", async () => {
    const body = { individualContact: { individualLastName: "Kept" } };
    const { contactNumber } = await contacts(s360, "saveIndividualContactData", body);
    await contacts(s360, "getContactData", { contactNumber: "404" });
    await control(s360, "POST", "faults", { kind: "status", status: 503, times: 2, probability: 1 });
    const before = (await control(s360, "GET", "state")).body;
    const write = s360.simulator.lastWrites.of(String(contactNumber));
    await restart();
    const after = (await control(s360, "GET", "state")).body;
    expect(after.api).toEqual({ ...before.api, now: expect.any(String) });
    expect(after.faults).toEqual(before.faults);
    expect(s360.simulator.lastWrites.of(String(contactNumber))).toEqual(write);
    expect(write?.by).toBe("api");
    expect((await read()).status).toBe(503);
  });

  it("keeps a merge and an anonymisation", async () => {
    await control(s360, "POST", "merge", { head: "0030101", loser: "0030100" });
    await control(s360, "POST", "anonymise", { contactNumber: "0030101" });
    await restart();
    expect((await read()).body.statusDetail).toBe("error.contact.notFound");
    expect(await contacts(s360, "getContactData", { contactNumber: "0030101" })).toMatchObject({
      state: "ACCOUNT_DELETED",
    });
  });

  it("keeps settings that were changed, unless it is started with others", async () => {
    await control(s360, "POST", "rotate-secret", { secret: "rotated" });
    await control(s360, "POST", "settings", { api: { lists: "merge", callsPerMinute: 500 } });
    await restart();
    expect((await read("rotated")).status).toBe(200);
    expect(s360.simulator.settings.api).toMatchObject({ lists: "merge", callsPerMinute: 500 });
    await restart({ api: { secret: "new-at-start" } });
    expect((await read("new-at-start")).status).toBe(200);
    expect(s360.simulator.settings.api).toMatchObject({ lists: "replace", callsPerMinute: 180 });
  });

  it("is new when the state file is older than it", async () => {
    await contacts(s360, "getContactData", { contactNumber: "0030100" });
    await s360.close();
    const { api: _api, writes: _writes, ...older } = JSON.parse(readFileSync(stateFile, "utf8"));
    writeFileSync(stateFile, JSON.stringify(older));
    s360 = await startS360Simulator({ demo: true, stateFile, settings: { scheduleSeconds: 0 } });
    expect((await control(s360, "GET", "state")).body.api).toMatchObject({ calls: { total: 0 } });
    expect((await read()).status).toBe(200);
  });

  it("forgets everything on reset", async () => {
    await control(s360, "POST", "rotate-secret", { secret: "rotated" });
    await read("rotated");
    await control(s360, "POST", "reset");
    expect((await control(s360, "GET", "state")).body.api).toMatchObject({
      limits: { lastMinute: 0, thisMonth: 0 },
      calls: { total: 0 },
    });
    expect((await read()).status).toBe(200);
  });
});
