/** The connector as the stories use it from outside: its command line, its webhooks, its database. */
import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { findEmbeddedDatabase } from "@/lib/platform/postgres/find";
import type { Stack } from "./stack";

/** What both simulators accept by default (their README.md). */
const SECRETS = { SALESFORCE_CLIENT_SECRET: "demo-secret", S360_SECRET: "demo-s360-secret" };

/** What else a connection's file says; members of `s360` and `salesforce` are put beside their addresses. */
export type ConnectionParts = Readonly<Record<string, unknown>> & {
  readonly s360?: object;
  readonly salesforce?: object;
};

/** With it, edits in Salesforce go back to the simulated venue; `s360` may say more, such as the pace. */
export const signingIn = { operator: "MYVENUE_CRM", partner: "CRM", secret: "env:S360_SECRET" };

/**
 * Makes the connection of an institution to the simulated org, or leaves it as it is. `salesforceUrl` may lead nowhere,
 * for a connection that never reached its org. Without more, nothing goes back to S-360.
 */
export async function applyConnection(
  stack: Stack,
  institution = "myvenue",
  salesforceUrl = stack.salesforceUrl,
  { s360, salesforce, ...more }: ConnectionParts = {},
): Promise<void> {
  const file = join(stack.settings.DATA_DIR ?? "", `${institution}.yaml`);
  const connection = {
    institution,
    timeZone: "Europe/Zurich",
    s360: { baseUrl: stack.s360Url, ...s360 },
    webhooks: { contacts: "none", orders: "none" },
    salesforce: {
      loginUrl: salesforceUrl,
      flow: "client-credentials",
      clientId: "demo-client",
      clientSecret: "env:SALESFORCE_CLIENT_SECRET",
      callsPerMinute: 10_000,
      ...salesforce,
    },
    individualsAs: "person-account",
    ...more,
  };
  // JSON is YAML too.
  writeFileSync(file, JSON.stringify(connection, null, 2));
  await connector(stack, "apply", file);
}

/** What `npm run connector -- …` printed. Throws with it when the command failed. */
export async function connector(stack: Stack, ...args: string[]): Promise<string> {
  const env = { ...process.env, ...stack.settings, ...SECRETS };
  const child = spawn(process.execPath, ["--import", "tsx", "lib/cli/main.ts", ...args], { env });
  const parts: string[] = [];
  child.stdout.on("data", (data: Buffer) => parts.push(data.toString()));
  child.stderr.on("data", (data: Buffer) => parts.push(data.toString()));
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  if (code !== 0) throw new Error(`connector ${args.join(" ")} ended with ${code}: ${parts.join("")}`);
  return parts.join("");
}

/** Posts a JSON text as S-360 does. An answer counts also when it comes before the body was taken. */
export function postText(url: string, text: string): Promise<{ status: number; body: string }> {
  const bytes = Buffer.from(text);
  const headers = { "content-type": "application/json", "content-length": bytes.byteLength };
  return new Promise((resolve, reject) => {
    const call = request(url, { method: "POST", headers }, (response) => {
      const parts: string[] = [];
      response.setEncoding("utf8");
      response.on("data", (part: string) => parts.push(part));
      response.on("error", reject);
      response.on("end", () => resolve({ status: response.statusCode ?? 0, body: parts.join("") }));
    });
    call.on("error", reject);
    call.end(bytes);
  });
}

/** Posts contacts or orders; throws unless they are accepted. */
export async function push(
  stack: Stack,
  webhook: "contacts" | "orders",
  items: readonly unknown[],
  institution = "myvenue",
): Promise<void> {
  const answer = await postText(`${stack.url}/s360/${webhook}/${institution}`, JSON.stringify(items));
  if (answer.status !== 200) throw new Error(`${webhook}: ${answer.status} ${answer.body}`);
  await untilTakenIn(stack);
}

/** Resolves when every call that was answered with 200 has become events and records. */
export async function untilTakenIn(stack: Stack): Promise<void> {
  for (const deadline = Date.now() + 30_000; Date.now() < deadline; await sleep(20)) {
    const left = await query(stack, "select id from payload limit 1");
    if (left.length === 0) return;
  }
  throw new Error("calls were not taken in");
}

/** Rows of a query on the connector's database. */
export async function query(
  stack: Stack,
  text: string,
  values: readonly unknown[] = [],
): Promise<Record<string, unknown>[]> {
  const url = findEmbeddedDatabase(join(stack.settings.DATA_DIR ?? "", "postgres"));
  const client = new Client({ connectionString: url ?? undefined });
  // A connection that breaks fails the query; that is what counts.
  client.on("error", () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text, [...values])).rows;
  } finally {
    await client.end();
  }
}

/** The records of an object in the simulated org. */
export async function orgRecords(stack: Stack, object: string): Promise<Record<string, unknown>[]> {
  const response = await fetch(`${stack.salesforceUrl}/__control/records?object=${object}`);
  if (!response.ok) throw new Error(`the simulated org answered ${response.status}`);
  return ((await response.json()) as { records: Record<string, unknown>[] }).records;
}
