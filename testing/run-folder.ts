import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { commandLineOf } from "@/lib/platform/postgres/find";
import { stopEmbeddedPostgres } from "@/lib/platform/postgres/stop";

declare module "vitest" {
  interface ProvidedContext {
    /** A temporary folder of this test run; the database server of the run lives in it. */
    runFolder: string;
  }
}

const PREFIX = "connector-tests-";

/** Vitest's global set-up: a folder for the run, and at its end the stop of whatever was started in it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await removeLeftOvers();
  const folder = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`));
  project.provide("runFolder", folder);
  return () => remove(folder);
}

/** Runs that were killed leave their folder and their server behind. */
async function removeLeftOvers(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    const pid = name.startsWith(PREFIX) ? Number.parseInt(name.slice(PREFIX.length), 10) : Number.NaN;
    if (pid > 0 && !/vitest|node/.test(commandLineOf(pid))) await remove(join(tmpdir(), name));
  }
}

async function remove(folder: string): Promise<void> {
  await stopEmbeddedPostgres(join(folder, "postgres"));
  rmSync(folder, { recursive: true, force: true });
}
