import { readFile } from "node:fs/promises";
import path from "node:path";
import { applyConfig } from "@/lib/connections/apply";
import { parseConnectionFile } from "@/lib/connections/config-file";
import { hasCode } from "@/lib/platform/data-folder";
import { CommandError, type Context, type Terminal } from "./context";

/** Reads and checks the file before the database is looked for: most mistakes are in the file. */
export async function readConnectionFile(terminal: Terminal, fileName: string) {
  const fullName = path.resolve(terminal.folder, fileName);
  try {
    return parseConnectionFile(await readFile(fullName, "utf8"));
  } catch (error) {
    if (hasCode(error, "ENOENT")) throw new CommandError(`There is no file ${fullName}.`);
    if (hasCode(error, "EISDIR")) throw new CommandError(`${fullName} is a folder; a file is needed.`);
    throw error;
  }
}

export async function applyCommand(
  { terminal, db, keys }: Context,
  file: Awaited<ReturnType<typeof readConnectionFile>>,
  dryRun: boolean,
): Promise<number> {
  const { changes, institution } = await applyConfig(db, await keys(), file, terminal.env, { dryRun });
  if (changes.length === 0) {
    terminal.out(`${institution}: no changes\n`);
    return 0;
  }
  const title = dryRun ? "would change (nothing was stored)" : "changed";
  terminal.out(`${institution}: ${title}\n${changes.map((change) => `  ${change}\n`).join("")}`);
  return 0;
}
