import { sql } from "drizzle-orm";
import pino from "pino";
import { beforeEach, describe, expect, it } from "vitest";
import { oneAtATime } from "@/lib/comparison/one-at-a-time";
import { matchingSchema } from "@/lib/core/matching/settings";
import { loadConfig } from "@/lib/platform/config";
import { insertTestConnection } from "@/testing/connection";
import { testDatabase } from "@/testing/database";
import { POST } from "./route";

const database = testDatabase();
let connectionId = 0;
let signedIn = true;

beforeEach(async () => {
  await database.db.execute(sql`truncate connection cascade`);
  connectionId = await insertTestConnection(database.db);
  signedIn = true;
  Object.assign(globalThis, {
    s360WebRuntime: {
      db: database.db,
      config: loadConfig({}),
      log: pino({ level: "silent" }),
      secrets: { encryptionKey: Buffer.alloc(32, 1) },
    },
    s360WebAuth: {
      api: { getSession: async () => (signedIn ? { user: { id: "1", email: "ann@venue.example" } } : null) },
    },
  });
});

const matching = matchingSchema.parse({});

async function ask(body: unknown = { kind: "individual", matching }, institution = "myvenue") {
  const request = new Request("http://127.0.0.1:3000/api", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const response = await POST(request, { params: Promise.resolve({ institution }) });
  const answer = (await response.json()) as { code: string; detail: string };
  return { status: response.status, ...answer };
}

describe("trying matching rules", () => {
  it("is for admins who are signed in", async () => {
    signedIn = false;
    expect(await ask()).toMatchObject({ status: 401, code: "signed-out" });
  });

  it("needs a connection, a kind of contacts and rules that could be saved", async () => {
    expect(await ask(undefined, "nowhere")).toMatchObject({ status: 404 });
    expect(await ask({ kind: "operation", matching })).toMatchObject({ status: 400 });
    const rules = Array.from({ length: 7 }, () => ({ fields: ["Email"] }));
    for (const wrong of [{ rules }, { rules: [{ fields: ["Email' OR Name != '"] }] }])
      expect(await ask({ kind: "relay", matching: { ...matching, relay: wrong } })).toMatchObject({
        status: 400,
        code: "invalid-request",
      });
  });

  it("tells why Salesforce cannot be asked", async () => {
    expect(await ask()).toMatchObject({
      status: 502,
      detail: expect.stringContaining("has no salesforce.clientSecret") as string,
    });
  });

  it("waits for nobody: one at a time for a connection", async () => {
    const answer = await oneAtATime(database.db, connectionId, () => ask());
    expect(answer).toMatchObject({ status: 409, code: "conflict" });
    expect(answer?.detail).toContain("Try again when that is through.");
    expect(await ask()).toMatchObject({ status: 502 });
  });
});
