import { spawnSync } from "node:child_process";
import { lchownSync, readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { ConfigError } from "../config";
import type { Binaries } from "./binaries";

/** How a PostgreSQL program must be started: PostgreSQL refuses root, and users the system has no name for. */
export type ServerUser = {
  /** Owner of the files of the server. */
  uid: number;
  gid: number;
  command(program: string, args: readonly string[]): { file: string; args: string[] };
};

const NOBODY = 65534;

/**
 * Chooses the user for the server whose files are in `cluster` (an existing folder), the first that works of:
 * we ourselves; we, seen as "nobody" in a user namespace, which changes no access to files; and as root, where
 * namespaces are forbidden (a container), the owner of the files, who may pass closed folders such as root's home.
 * @throws ConfigError when this machine allows none of them
 */
export function chooseServerUser(cluster: string, binaries: Binaries): ServerUser {
  const uid = process.getuid?.() ?? 0;
  const gid = process.getgid?.() ?? 0;
  const chosen = uid === 0 ? chooseForRoot(cluster, binaries) : chooseForUser(uid, gid, cluster, binaries);
  if (chosen) return chosen;
  const who = uid === 0 ? "root" : `user ${uid}`;
  throw new ConfigError(
    `PostgreSQL does not work for ${who} in ${dirname(cluster)}, and this machine offers no way around. ` +
      "Start the connector as an ordinary user that owns this folder, or set DATABASE_URL.",
  );
}

function chooseForUser(
  uid: number,
  gid: number,
  cluster: string,
  binaries: Binaries,
): ServerUser | undefined {
  const directly: ServerUser = { uid, gid, command: (file, args) => ({ file, args: [...args] }) };
  return [directly, inNamespace(uid, gid)].find((user) => works(user, cluster, binaries));
}

function chooseForRoot(cluster: string, binaries: Binaries): ServerUser | undefined {
  if (statSync(cluster).uid === 0) {
    const namespaced = inNamespace(0, 0);
    if (works(namespaced, cluster, binaries)) return namespaced;
    chownAll(cluster, NOBODY, NOBODY);
  }
  const owner = statSync(cluster);
  return [withPassage(owner.uid, owner.gid)].find((user) => works(user, cluster, binaries));
}

function inNamespace(uid: number, gid: number): ServerUser {
  const prefix = ["--user", `--map-user=${NOBODY}`, "--"];
  return { uid, gid, command: (file, args) => ({ file: "unshare", args: [...prefix, file, ...args] }) };
}

function withPassage(uid: number, gid: number): ServerUser {
  // PostgreSQL asks access(2), which forgets capabilities of other users unless this bit is set (capabilities(7)).
  const prefix = ["--securebits=+no_setuid_fixup", `--reuid=${uid}`, `--regid=${gid}`, "--clear-groups"];
  prefix.push("--inh-caps=+dac_override", "--ambient-caps=+dac_override", "--");
  return { uid, gid, command: (file, args) => ({ file: "setpriv", args: [...prefix, file, ...args] }) };
}

/**
 * Tries it: whether that user can enter the folder and PostgreSQL accepts to work for him. `initdb --show` checks what
 * the server checks (who it is, that it finds its own programs) and changes nothing.
 */
function works(user: ServerUser, cluster: string, { initdb }: Binaries): boolean {
  const script = 'cd "$1" && ls >/dev/null && exec "$2" --show -D "$1"';
  const { file, args } = user.command("/bin/sh", ["-c", script, "sh", cluster, initdb]);
  return spawnSync(file, args, { cwd: "/", stdio: "ignore", timeout: 10_000 }).status === 0;
}

function chownAll(path: string, uid: number, gid: number): void {
  lchownSync(path, uid, gid);
  for (const entry of readdirSync(path, { recursive: true, encoding: "utf8" }))
    lchownSync(join(path, entry), uid, gid);
}
