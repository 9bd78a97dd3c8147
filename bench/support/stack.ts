/** The stack of the stories, with a venue that pushes by itself and the means to look inside and kill. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { applyConnection, query, type ConnectionParts } from "../../e2e/support/connector";
import { startStack as startStoryStack } from "../../e2e/support/stack";
import { findEmbeddedDatabase, findServer } from "../../lib/platform/postgres/find";

export interface Stack {
  readonly url: string;
  readonly salesforceUrl: string;
  readonly s360Url: string;
  /** The settings its processes were started with. */
  readonly settings: Readonly<Record<string, string>>;
  /** The address of its database now. */
  databaseUrl(): string;
  /** The process of `web`, `worker` or `database` now, or null while it is being restarted. */
  pidOf(name: string): number | null;
  /** Items the venue has still to deliver. */
  venueBacklog(): Promise<number>;
  /** Rows of a query on the connector's database. */
  query(text: string): Promise<Record<string, unknown>[]>;
  /** Applies the connection's file again; `parts`: what it says more than the least. */
  apply(parts: ConnectionParts): Promise<void>;
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

/** Returns the answer's JSON. */
export async function postJson(url: string, body: unknown): Promise<unknown> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!response.ok)
    throw new Error(`${url} answered ${response.status}: ${(await response.text()).slice(0, 300)}`);
  return response.json();
}

/** `npm start -- --no-demo` between two simulators, with the connection `myvenue` applied; `parts`: what its file says more. */
export async function startStack(parts: ConnectionParts = {}): Promise<Stack> {
  const story = await startStoryStack();
  const dataFolder = story.settings["DATA_DIR"] ?? "";
  const databaseFolder = path.join(dataFolder, "postgres");
  const stack: Stack = {
    url: story.url,
    salesforceUrl: story.salesforceUrl,
    s360Url: story.s360Url,
    settings: story.settings,
    databaseUrl() {
      const url = findEmbeddedDatabase(databaseFolder);
      if (url === null) throw new Error("the database is not running");
      return url;
    },
    pidOf(name) {
      if (name === "database") return findServer(databaseFolder)?.pid ?? null;
      const state = running.parse(JSON.parse(readFileSync(path.join(dataFolder, "running.json"), "utf8")));
      return state.processes[name]?.pid ?? null;
    },
    async venueBacklog() {
      const { webhooks } = venueState.parse(await getJson(`${story.s360Url}/__control/state`));
      return webhooks.contacts.queued + webhooks.orders.queued;
    },
    query: (text) => query(story, text),
    apply: (parts) => applyConnection(story, undefined, undefined, parts),
    stop: story.stop,
  };
  await stack.apply(parts);
  return stack;
}
