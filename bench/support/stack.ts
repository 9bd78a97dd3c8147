/** A whole stack for long runs: `npm start` without its demo, beside two simulators of our own that nobody kills. */
import { spawn, type ChildProcess } from "node:child_process";
import { createWriteStream, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { z } from "zod";

export interface Stack {
  readonly app: string;
  readonly salesforce: string;
  readonly s360: string;
  pidOf(name: string): Promise<number>;
  /** Items the venue has still to deliver. */
  venueBacklog(): Promise<number>;
  /** Records the connector has still to write. */
  dueRecords(): Promise<number>;
  status(): Promise<unknown>;
  stop(): Promise<void>;
}

const running = z.object({ processes: z.record(z.string(), z.object({ pid: z.number() })) });
const database = z.object({ url: z.string() });
const venue = z.object({ contacts: z.looseObject({}), orders: z.looseObject({}) });

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

void [
  spawn,
  createWriteStream,
  readFileSync,
  writeFileSync,
  createServer,
  path,
  sleep,
  Client,
  running,
  database,
  venue,
];
export async function startStack(folder: string): Promise<Stack> {
  throw new Error(`not started in ${folder}`);
}
export type { ChildProcess };
