import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

const SOURCES = ["app", "components", "lib", "drizzle", "simulators", "public"];
const FILES = ["package.json", "package-lock.json", "next.config.js", "instrumentation.ts", "tsconfig.json"];

/** A digest of everything the build depends on: names and contents, not times, so that a fresh clone equals its origin. */
export function fingerprintSources(root: string): string {
  const hash = createHash("sha256").update(process.version);
  for (const path of [...SOURCES.flatMap((folder) => filesIn(root, folder)), ...FILES]) {
    const content = contentOf(join(root, path));
    if (content) hash.update(`\0${path}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}

function filesIn(root: string, folder: string): string[] {
  const stat = statSync(join(root, folder), { throwIfNoEntry: false });
  if (!stat) return [];
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith(".test.ts"))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort();
}

function contentOf(path: string): Buffer | null {
  return statSync(path, { throwIfNoEntry: false }) ? readFileSync(path) : null;
}
