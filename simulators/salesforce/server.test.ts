import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { TestAdmin } from "./access/test-admin";
import { field, file, manifest, postZip, zip } from "./metadata/test-package";
import { TestOrg } from "./test-org";

let directory = "";
let stateFile = "";
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "simulated-org-"));
  stateFile = join(directory, "org.jsonl");
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

const started = async () => {
  const org = new TestOrg();
  await org.start({ stateFile });
  return org;
};
const PACKAGE = {
  "package.xml": manifest({ CustomField: ["Contact.Gate__c"] }),
  "objects/Contact.object": file("CustomObject", field("Gate__c", "Text", "<length>20</length>")),
};
const contact = (lastName: string) => ({ LastName: lastName, Email: `${lastName}@mail.example` });

describe("a simulator that is closed", () => {
  it("does not do what calls asked for that were still waiting", async () => {
    for (const fault of [
      { kind: "hang", ms: 300, match: "/sobjects/Contact" },
      { kind: "latency", ms: 200 },
    ]) {
      const org = await started();
      await org.control("POST", "/faults", fault);
      const waiting = org.create("Contact", contact("Late")).catch(() => "");
      await sleep(50);
      await org.stop();
      const saved = readFileSync(stateFile, "utf8");
      expect(saved).not.toContain('"Late"');
      expect(await waiting).toBe("");
      await sleep(fault.ms);
      expect(readFileSync(stateFile, "utf8")).toBe(saved);
    }
  });

  it("does not finish a deployment", async () => {
    const org = await started();
    await postZip(org, zip(PACKAGE));
    await org.stop();
    await sleep(200);
    expect(readFileSync(stateFile, "utf8")).not.toContain("Gate__c");
  });
});

describe("an org that is reset", () => {
  it("answers a call that waited meanwhile as the org that runs then", async () => {
    const org = await started();
    await org.control("POST", "/faults", { kind: "hang", ms: 150, match: "/sobjects/Contact" });
    const waiting = org.create("Contact", contact("Waited"));
    await sleep(50);
    await org.control("POST", "/reset");
    const id = await waiting;
    expect((await org.stored("Contact")).map((row) => row.Id)).toEqual([id]);
    const { body } = await org.control<{ calls: { path: string }[] }>("GET", "/calls");
    expect(body.calls.map(({ path }) => path)).toEqual(["/services/data/v62.0/sobjects/Contact"]);
    await org.stop();
    expect(readFileSync(stateFile, "utf8")).toContain('"Waited"');
  });

  it("forgets a deployment that was on its way", async () => {
    const org = await started();
    await postZip(org, zip(PACKAGE));
    await org.control("POST", "/reset");
    await sleep(200);
    await org.stop();
    expect(readFileSync(stateFile, "utf8")).not.toContain("Gate__c");
  });
});

describe("what an org keeps over a restart", () => {
  it("are deletions, also of records that are gone from the bin", async () => {
    const first = await started();
    const id = await first.create("Contact", contact("Purged"));
    await first.api("DELETE", `/sobjects/Contact/${id}`);
    await first.control("POST", "/empty-recycle-bin");
    const before = await deletedIn(first);
    expect(before.body.deletedRecords.map((row) => row.id)).toEqual([id]);
    await first.stop();
    for (const time of ["second", "third"]) {
      const again = await started();
      expect((await deletedIn(again)).body.deletedRecords, time).toEqual(before.body.deletedRecords);
      await again.create("Contact", contact(time));
      await again.stop();
    }
  });

  it("are client apps that were added, with their secrets", async () => {
    const first = await started();
    await new TestAdmin(first).signIn();
    await first.stop();
    expect(existsSync(stateFile)).toBe(true);
    const second = await started();
    const { status } = await second.requestToken({
      grant_type: "client_credentials",
      client_id: "admin-client",
      client_secret: "admin-secret",
    });
    await second.stop();
    expect(status).toBe(200);
  });

  it("are rights that were taken away, also when the bin was emptied", async () => {
    const first = await started();
    const [right] = await first.query<{ Id: string }>(
      "SELECT Id FROM ObjectPermissions WHERE SobjectType = 'Campaign' OR SobjectType = 'SecutixSale__c'",
    );
    const countOf = (org: TestOrg) => org.query(`SELECT Id FROM ObjectPermissions WHERE Id = '${right?.Id}'`);
    expect((await first.api("DELETE", `/sobjects/ObjectPermissions/${right?.Id}`)).status).toBe(204);
    await first.control("POST", "/empty-recycle-bin");
    expect(await countOf(first)).toEqual([]);
    await first.stop();
    const second = await started();
    expect(await countOf(second)).toEqual([]);
    await second.stop();
  });
});

async function deletedIn(org: TestOrg) {
  const at = (ms: number) => encodeURIComponent(new Date(ms).toISOString());
  const window = `start=${at(Date.now() - 3_600_000)}&end=${at(Date.now() + 3_600_000)}`;
  return org.api<{ deletedRecords: { id: string }[] }>("GET", `/sobjects/Contact/deleted/?${window}`);
}
