import { spawnSync } from "node:child_process";
import { lchownSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { ConfigError } from "../config";
import type { Binaries } from "./binaries";

/** How a PostgreSQL program must be started so that it does not run as root, which it refuses. */
export type ServerUser = {
  /** Owner of the files of the server. */
  uid: number;
  gid: number;
  command(
    program: string,
    args: readonly string[],
  ): { file: string; args: string[]; uid?: number; gid?: number };
};

const NOBODY = 65534;

/**
 * Chooses the user for the server whose files are in `cluster` (an existing folder).
 * An ordinary user runs it as himself. As root: files of root → root's own files seen through a user namespace, in
 * which the process is "nobody" but keeps root's access to them; files of somebody else → that user, with the right to pass folders
 * (root's home is closed to others); without that right, plainly that user.
 * @throws ConfigError when this machine allows none of them
 */
export function chooseServerUser(cluster: string, binaries: Binaries): ServerUser {
  const me = process.getuid?.() ?? 0;
  if (me !== 0)
    return { uid: me, gid: process.getgid?.() ?? me, command: (file, args) => ({ file, args: [...args] }) };
  const owner = statSync(cluster);
  if (owner.uid === 0) {
    const namespaced = inNamespace();
    if (works(namespaced, cluster, binaries)) return namespaced;
    chownAll(cluster, NOBODY, NOBODY);
  }
  const { uid, gid } = statSync(cluster);
  const found = [withPassage(uid, gid), plainly(uid, gid)].find((user) => works(user, cluster, binaries));
  if (found) return found;
  throw new ConfigError(
    `PostgreSQL refuses to run as root, and this machine allows no other user to run it in ${cluster}. ` +
      "Start the connector as an ordinary user, set DATA_DIR to a folder every user can enter, or set DATABASE_URL.",
  );
}

function inNamespace(): ServerUser {
  const prefix = ["--user", `--map-user=${NOBODY}`, "--"];
  return { uid: 0, gid: 0, command: (file, args) => ({ file: "unshare", args: [...prefix, file, ...args] }) };
}

function withPassage(uid: number, gid: number): ServerUser {
  // PostgreSQL asks access(2), which forgets capabilities of other users unless this bit is set (capabilities(7)).
  const prefix = ["--securebits=+no_setuid_fixup", `--reuid=${uid}`, `--regid=${gid}`, "--clear-groups"];
  prefix.push("--inh-caps=+dac_override", "--ambient-caps=+dac_override", "--");
  return { uid, gid, command: (file, args) => ({ file: "setpriv", args: [...prefix, file, ...args] }) };
}

function plainly(uid: number, gid: number): ServerUser {
  return { uid, gid, command: (file, args) => ({ file, args: [...args], uid, gid }) };
}

/**
 * Tries it: whether that user can enter the folder and PostgreSQL accepts to work for him. `initdb --show` checks what
 * the server checks (that it is not root, that it finds its own programs) and changes nothing.
 */
function works(user: ServerUser, cluster: string, { initdb }: Binaries): boolean {
  const script = 'cd "$1" && ls >/dev/null && exec "$2" --show -D "$1"';
  const { file, args, ...who } = user.command("/bin/sh", ["-c", script, "sh", cluster, initdb]);
  return spawnSync(file, args, { ...who, cwd: "/", stdio: "ignore", timeout: 10_000 }).status === 0;
}

/** Gives a folder and all in it to a user. */
export function chownAll(path: string, uid: number, gid: number): void {
  lchownSync(path, uid, gid);
  for (const entry of readdirSync(path, { recursive: true, encoding: "utf8" }))
    lchownSync(join(path, entry), uid, gid);
}
