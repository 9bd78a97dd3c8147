/** The stack of the stories, with a venue that pushes by itself and the means to look inside and kill. */
import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Client } from "pg";
import { z } from "zod";
import { startStack as startStoryStack } from "../../e2e/support/stack";
import { childEnvironment } from "../../lib/platform/config";
import { findEmbeddedDatabase, findServer } from "../../lib/platform/postgres/find";

export interface Stack {
  readonly url: string;
  readonly salesforceUrl: string;
  readonly s360Url: string;
  /** The process of `web`, `worker` or `database` now, or null while it is being restarted. */
  pidOf(name: string): number | null;
  /** Items the venue has still to deliver. */
  venueBacklog(): Promise<number>;
  /** Rows of a query on the connector's database. */
  query(text: string): Promise<Record<string, unknown>[]>;
  connector(...args: string[]): Promise<string>;
  stop(): Promise<void>;
}

const running = z.object({ processes: z.record(z.string(), z.object({ pid: z.number() })) });
const venueState = z.object({
  webhooks: z.object({
    contacts: z.object({ queued: z.number() }),
    orders: z.object({ queued: z.number() }),
  }),
});

export async function getJson(url: string): Promise<unknown> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return response.json();
}

export async function postJson(url: string, body: unknown): Promise<void> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!response.ok)
    throw new Error(`${url} answered ${response.status}: ${(await response.text()).slice(0, 300)}`);
}

/** `npm start -- --no-demo` between two simulators, with the connection `myvenue` applied. */
export async function startStack(): Promise<Stack> {
  const story = await startStoryStack();
  const dataFolder = story.settings["DATA_DIR"] ?? "";
  const databaseFolder = path.join(dataFolder, "postgres");
  const stack: Stack = {
    url: story.url,
    salesforceUrl: story.salesforceUrl,
    s360Url: story.s360Url,
    pidOf(name) {
      if (name === "database") return findServer(databaseFolder)?.pid ?? null;
      const state = running.parse(JSON.parse(readFileSync(path.join(dataFolder, "running.json"), "utf8")));
      return state.processes[name]?.pid ?? null;
    },
    async venueBacklog() {
      const { webhooks } = venueState.parse(await getJson(`${story.s360Url}/__control/state`));
      return webhooks.contacts.queued + webhooks.orders.queued;
    },
    async query(text) {
      const url = findEmbeddedDatabase(databaseFolder);
      if (!url) throw new Error("the database is not running");
      const client = new Client({ connectionString: url });
      client.on("error", () => console.log("a look into the database broke off"));
      await client.connect();
      try {
        return (await client.query<Record<string, unknown>>(text)).rows;
      } finally {
        await client.end();
      }
    },
    connector: (...args) => run(["--import", "tsx", "lib/cli/main.ts", ...args], story.settings),
    stop: story.stop,
  };
  await applyConnection(stack, dataFolder);
  return stack;
}

async function applyConnection(stack: Stack, dataFolder: string): Promise<void> {
  const file = path.join(dataFolder, "myvenue.yaml");
  writeFileSync(
    file,
    `institution: myvenue
timeZone: Europe/Zurich
s360: { baseUrl: "${stack.s360Url}" }
webhooks: { contacts: none, orders: none }
salesforce:
  loginUrl: ${stack.salesforceUrl}
  flow: client-credentials
  clientId: demo-client
  clientSecret: env:SALESFORCE_CLIENT_SECRET
  callsPerMinute: 100000
individualsAs: person-account
`,
  );
  await stack.connector("apply", file);
}

/** What a command printed. Throws with it when it failed. */
async function run(args: readonly string[], settings: Record<string, string>): Promise<string> {
  const env = childEnvironment({ ...settings, SALESFORCE_CLIENT_SECRET: "demo-secret" });
  const child = spawn(process.execPath, args, { env: env as NodeJS.ProcessEnv });
  const parts: string[] = [];
  child.stdout.on("data", (data: Buffer) => parts.push(data.toString()));
  child.stderr.on("data", (data: Buffer) => parts.push(data.toString()));
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  if (code !== 0) throw new Error(`${args.join(" ")} ended with ${code}: ${parts.join("")}`);
  return parts.join("");
}
