import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chownSync, existsSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { childEnvironment, ConfigError } from "../config";
import { privateFolder, writePrivateFile } from "../data-folder";
import type { Binaries } from "./binaries";
import { clusterFolder, connectionFile, readConnection, USER } from "./find";
import { chooseServerUser } from "./server-user";

/**
 * Makes the files of a new database server, with a random password, unless they are there. They are made aside and
 * moved into place at the end, so that a kill in between leaves nothing that looks finished.
 */
export function ensureCluster(folder: string, binaries: Binaries, fsync: boolean): void {
  const cluster = clusterFolder(folder);
  if (existsSync(cluster)) {
    if (readConnection(folder)) return;
    throw new ConfigError(
      `${connectionFile(folder)} is missing: it holds the password of the database in ${cluster}. ` +
        "Put both back from your backup, or move that folder away to start with an empty database.",
    );
  }
  privateFolder(folder);
  for (const name of readdirSync(folder)) {
    if (name.startsWith("draft-")) rmSync(join(folder, name), { recursive: true });
  }
  const draft = privateFolder(join(folder, `draft-${randomBytes(4).toString("hex")}`));
  const password = randomBytes(24).toString("hex");
  runInitdb(draft, password, binaries, fsync);
  writePrivateFile(connectionFile(folder), JSON.stringify({ password, port: 0 }));
  renameSync(draft, cluster);
}

function runInitdb(cluster: string, password: string, binaries: Binaries, fsync: boolean): void {
  const passwordFile = `${cluster}.password`;
  writePrivateFile(passwordFile, password);
  try {
    const user = chooseServerUser(cluster, binaries);
    if (process.getuid?.() === 0) chownSync(passwordFile, user.uid, user.gid);
    // Sorting by code point, upper and lower case by Unicode, the same on every machine whatever its locales.
    const locale = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"];
    const access = [`--username=${USER}`, "--auth=scram-sha-256", `--pwfile=${passwordFile}`];
    const sync = fsync ? [] : ["--no-sync"];
    const { file, args } = user.command(binaries.initdb, ["-D", cluster, ...access, ...locale, ...sync]);
    const env = { ...childEnvironment({ LC_ALL: "C" }) } as NodeJS.ProcessEnv;
    const run = spawnSync(file, args, { cwd: cluster, env, encoding: "utf8" });
    if (run.status !== 0) {
      const reason = run.error?.message ?? run.stderr.trim();
      throw new ConfigError(`The database could not be made in ${cluster}: ${reason}`);
    }
  } finally {
    rmSync(passwordFile, { force: true });
  }
}
