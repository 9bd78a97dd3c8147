import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { connection, recordDirection } from "@/drizzle/schema";
import type { ConnectionStatus } from "@/lib/connections/contract";
import { keepPayload } from "@/lib/inbox/keep-payload";
import { receive } from "@/lib/inbox/receive";
import { readContacts } from "@/lib/s360/inbound";
import { portray } from "@/lib/s360/portrait";
import { startSalesforceSimulator, type RunningSimulator } from "@/simulators/salesforce/server";
import { administer } from "@/testing/server";
import { testDatabase } from "@/testing/database";
import { run } from "./run";

const database = testDatabase();
const folder = mkdtempSync(path.join(tmpdir(), "connector-cli-"));
let org: RunningSimulator;

beforeAll(async () => {
  org = await startSalesforceSimulator();
});
afterAll(async () => {
  await org.close();
  rmSync(folder, { recursive: true });
});
beforeEach(() => database.db.execute(sql`truncate connection cascade`));

interface Answer {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function command(line: string, env: Record<string, string> = {}): Promise<Answer> {
  let [out, err] = ["", ""];
  const code = await run(line.split(" "), {
    env: { DATABASE_URL: database.url, DATA_DIR: folder, SF_SECRET: "demo-secret", ...env },
    folder,
    out: (text) => (out += text),
    err: (text) => (err += text),
  });
  return { code, out, err };
}

function file(name: string, changes: (yaml: string) => string = (yaml) => yaml): string {
  const yaml = `institution: myvenue
name: My Venue
timeZone: Europe/Zurich
s360: { baseUrl: "http://127.0.0.1:1" }
webhooks: { contacts: none, orders: none }
salesforce:
  loginUrl: ${org.url}
  flow: client-credentials
  clientId: demo-client
  clientSecret: env:SF_SECRET
individualsAs: person-account
`;
  writeFileSync(path.join(folder, name), changes(yaml));
  return name;
}

async function receiveContact(number: string): Promise<void> {
  const [row] = await database.db.select({ id: connection.id }).from(connection);
  const contact = {
    contactNumber: number,
    type: "INDIVIDUAL",
    individualContact: { individualLastName: "Muster" },
  };
  await receive(database.db, {
    connectionId: row?.id ?? 0,
    stream: "contacts-in",
    direction: "in",
    items: readContacts(JSON.stringify([contact])),
    portray,
  });
}

test("a file is applied, a second time without changes, and comes back as a file", async () => {
  const name = file("a.yaml");
  expect(await command(`apply ${name} --dry-run`)).toMatchObject({
    code: 0,
    out: expect.stringContaining("would change") as string,
  });
  const first = await command(`apply ${name}`);
  expect(first).toMatchObject({ code: 0, err: "" });
  expect(first.out).toContain("myvenue: changed\n  connection myvenue created\n");
  expect(await command(`apply ${name}`)).toEqual({ code: 0, err: "", out: "myvenue: no changes\n" });
  const exported = await command("export myvenue");
  expect(exported.out).toContain("clientSecret: env:SF_SECRET");
  file("b.yaml", () => exported.out);
  expect((await command("apply b.yaml")).out).toBe("myvenue: no changes\n");
});

test("what is wrong with a file goes to standard error, one line each, with exit code 1", async () => {
  const name = file("bad.yaml", (yaml) =>
    yaml.replace("client-credentials", "password").replace("Zurich", "Zorich"),
  );
  const answer = await command(`apply ${name}`);
  expect(answer).toMatchObject({ code: 1, out: "" });
  expect(answer.err).toBe(
    "The file cannot be applied:\n" +
      "  timeZone: must be a time zone such as Europe/Zurich, got 'Europe/Zorich' (line 3)\n" +
      "  salesforce.flow: must be client-credentials or jwt, got 'password' (line 8)\n",
  );
  expect((await command(`apply ${file("a.yaml")}`, { SF_SECRET: "" })).err).toContain(
    "salesforce.clientSecret: the environment variable SF_SECRET is empty",
  );
});

test("sync writes what is due and tells how it ended; status tells where things stand", async () => {
  await command(`apply ${file("a.yaml")}`);
  await receiveContact("0001");
  await receiveContact("0002");
  const before = JSON.parse((await command("status --json")).out) as ConnectionStatus[];
  expect(before[0]?.streams[0]?.records.pending).toBe(2);

  const synced = await command("sync myvenue");
  expect(synced).toMatchObject({ code: 0, err: "" });
  expect(synced.out).toBe(
    "myvenue: 2 records handled: 2 in step\n  contacts-in: 2 in step\n  orders-in: 0 in step\n  contacts-out: 0 in step\n",
  );
  expect((await command("sync myvenue")).out).toContain("nothing was due");

  const status = JSON.parse((await command("status myvenue --json")).out) as ConnectionStatus;
  expect(status.streams[0]?.lastWrittenAt).not.toBeNull();
  expect(status.org?.personAccounts).toBe(true);
  const text = (await command("status")).out;
  expect(text).toMatch(/^myvenue \(My Venue\)\n {2}Salesforce org: .*with person accounts\n/);
  expect(text).toContain("individual, version 1");
});

test("sync takes in first what was acknowledged; a call that cannot be taken in is told of and stops nothing", async () => {
  await command(`apply ${file("a.yaml")}`);
  const [row] = await database.db.select({ id: connection.id }).from(connection);
  const keep = (stream: "contacts-in" | "orders-in", body: string) =>
    keepPayload(database.db, { connectionId: row?.id ?? 0, stream, body, items: 1 });
  await keep(
    "contacts-in",
    '[{"contactNumber": "0000012", "type": "INDIVIDUAL", "individualContact": {"individualLastName": "Muster"}}]',
  );
  await keep("orders-in", "not JSON, which the door lets nobody send");
  const synced = await command("sync myvenue");
  expect(synced.out).toContain("1 record handled: 1 in step");
  expect(synced.out).toContain("orders-in: 0 in step, 1 retrying");
  expect(synced.err).toContain("a call was not taken in");
});

test("sync says why Salesforce refuses, with exit code 1, and goes on once that is mended", async () => {
  await command(`apply ${file("a.yaml")}`, { SF_SECRET: "wrong" });
  await receiveContact("0003");
  const refused = await command("sync myvenue");
  expect(refused.code).toBe(1);
  expect(refused.out).toMatch(/Held: .*\((sign_in|set_up)\)/);
  const [row] = await database.db.select({ state: recordDirection.state }).from(recordDirection);
  expect(row?.state).toBe("pending");
  await command("apply a.yaml");
  expect(await command("sync myvenue")).toMatchObject({
    code: 0,
    out: expect.stringContaining("1 in step") as string,
  });
});

test("a machine with another encryption key stores and uses no secret until it is told that the old one is lost", async () => {
  await command(`apply ${file("a.yaml")}`);
  const other = { ENCRYPTION_KEY: Buffer.alloc(32, 9).toString("base64") };
  for (const line of [`apply ${file("a.yaml")}`, "sync myvenue"])
    expect(await command(line, other)).toMatchObject({
      code: 1,
      out: "",
      err: expect.stringContaining("encrypted with another key") as string,
    });
  expect((await command("new-key", other)).out).toContain(
    "The secrets of myvenue were encrypted with another",
  );
  expect(await command(`apply ${file("a.yaml")}`, other)).toMatchObject({ code: 0 });
  expect(await command("new-key")).toMatchObject({ code: 0 });
});

test("an institution that is not there is answered with those that are", async () => {
  expect((await command("status")).out).toContain("There is no connection yet");
  await command(`apply ${file("a.yaml")}`);
  for (const line of ["export elsewhere", "status elsewhere", "sync elsewhere"]) {
    expect(await command(line)).toEqual({
      code: 1,
      out: "",
      err: "There is no connection for the institution elsewhere. There are: myvenue.\n",
    });
  }
});

test("people are let in, get a new password and are let in no more, each told in a sentence", async () => {
  const added = await command("add-admin Anna@venue.example");
  expect(added).toMatchObject({ code: 0, err: "" });
  expect(added.out).toMatch(
    /^anna@venue\.example may sign in\. Password, shown only now: \w{4}(-\w{4}){3}\n$/,
  );
  expect((await command("add-admin anna@venue.example")).err).toContain("may sign in already");
  expect((await command("add-admin anna")).err).toContain("anna is no e-mail address");
  expect((await command("admins")).out).toMatch(/^anna@venue\.example, since \d{4}-\d\d-\d\d\n$/);
  expect((await command("remove-admin anna@venue.example")).err).toContain("add somebody else first");
  expect((await command("reset-password ben@venue.example")).err).toBe(
    "Nobody signs in as ben@venue.example. There are: anna@venue.example.\n",
  );
  await command("add-admin ben@venue.example");
  expect((await command("reset-password ben@venue.example")).out).toContain("New password of ben@");
  expect((await command("remove-admin ben@venue.example")).out).toContain("may sign in no more");
});

test("a command that is not understood shows the usage with exit code 2", async () => {
  expect(await command("help")).toMatchObject({ code: 0, out: expect.stringMatching(/^Usage/) as string });
  for (const line of ["frobnicate", "apply", "export", "add-admin", "status a b", "status --yaml"]) {
    const answer = await command(line);
    expect(answer).toMatchObject({ code: 2, out: "" });
    expect(answer.err).toContain("Usage: npm run connector");
  }
});

test("a database that is away, not there or empty is told in a sentence", async () => {
  expect((await command("status", { DATABASE_URL: "postgres://a:b@127.0.0.1:9/c" })).err).toContain(
    "does not answer",
  );
  expect((await command("status", { DATABASE_URL: "" })).err).toContain("No database is running");
  const empty = new URL(database.url);
  empty.pathname = "/postgres";
  await administer(empty.href, "select 1");
  expect((await command("status", { DATABASE_URL: empty.href })).err).toContain("has no tables yet");
});
