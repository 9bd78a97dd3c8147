import { linkSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { hasCode, privateFolder, readIfPresent, writePrivateFile } from "@/lib/platform/data-folder";
import { endProcess, identify, isAlive, type ProcessIdentity } from "./process-identity";

const identitySchema = z.object({ pid: z.number(), startedAt: z.string() });
const stateSchema = z.object({
  supervisor: identitySchema,
  /** What the person sees: lines such as "app: http://localhost:3000". */
  addresses: z.array(z.string()),
  processes: z.record(z.string(), identitySchema),
});
type State = z.infer<typeof stateSchema>;

/** The data folder is in use by a living `npm start`. */
export class AlreadyRunning extends Error {
  override name = "AlreadyRunning";
}

export type Claim = {
  /** Remembers a supervised process, so that the next start can clear it away if we are killed. */
  note(name: string, pid: number): void;
  release(): void;
};

const ORPHAN_GRACE_MS = 12_000;

/**
 * Makes this process the only one that runs on a data folder. What an earlier start that was killed has left running is
 * stopped first (its database excepted: that is taken over).
 * @throws AlreadyRunning saying what runs, where
 */
export async function claimDataFolder(dataFolder: string, addresses: string[]): Promise<Claim> {
  const path = join(privateFolder(dataFolder), "running.json");
  const state: State = { supervisor: identify(process.pid), addresses, processes: {} };
  while (!createState(path, state)) await clearStale(path);
  return {
    note(name, pid) {
      state.processes[name] = identify(pid);
      writePrivateFile(path, JSON.stringify(state));
    },
    release() {
      if (readState(path)?.supervisor.pid === process.pid) rmSync(path, { force: true });
    },
  };
}

/** False when there is one already. */
function createState(path: string, state: State): boolean {
  const own = `${path}.${process.pid}`;
  writePrivateFile(own, JSON.stringify(state));
  try {
    linkSync(own, path);
    return true;
  } catch (error) {
    if (hasCode(error, "EEXIST")) return false;
    throw error;
  } finally {
    rmSync(own, { force: true });
  }
}

async function clearStale(path: string): Promise<void> {
  const state = readState(path);
  if (state && isAlive(state.supervisor)) {
    const lines = state.addresses.map((line) => `  ${line}`).join("\n");
    throw new AlreadyRunning(
      `The connector is running already (process ${state.supervisor.pid}):\n${lines}\n` +
        "Stop it with Ctrl-C in its terminal, or with: kill " +
        state.supervisor.pid,
    );
  }
  await Promise.all(
    Object.values(state?.processes ?? {}).map((orphan: ProcessIdentity) =>
      endProcess(orphan, ORPHAN_GRACE_MS),
    ),
  );
  removeUnlessReplaced(path, state);
}

/** Another start may have cleared and claimed the folder meanwhile: its file is put back. */
function removeUnlessReplaced(path: string, stale: State | null): void {
  const aside = `${path}.${process.pid}.stale`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if (hasCode(error, "ENOENT")) return;
    throw error;
  }
  const moved = parseState(readFileSync(aside, "utf8"));
  if (moved && moved.supervisor.pid !== stale?.supervisor.pid) renameSync(aside, path);
  else rmSync(aside);
}

function readState(path: string): State | null {
  const text = readIfPresent(path);
  return text === null ? null : parseState(text);
}

/** A file that cannot be read as ours counts as stale. */
function parseState(text: string): State | null {
  try {
    return stateSchema.parse(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return null;
    throw error;
  }
}
