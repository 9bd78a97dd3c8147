import { readFileSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { z } from "zod";
import { ConfigError, type Config } from "../config";
import { hasCode, readIfPresent } from "../data-folder";

const connectionSchema = z.object({ password: z.string(), port: z.number() });
export type Connection = z.infer<typeof connectionSchema>;

export const USER = "connector";
export const DATABASE = "connector";

export const embeddedFolder = (config: Pick<Config, "dataFolder">) => join(config.dataFolder, "postgres");
export const clusterFolder = (folder: string) => join(folder, "cluster");
export const connectionFile = (folder: string) => join(folder, "connection.json");

/**
 * The address of the database: DATABASE_URL, or the embedded one when it is running.
 * @throws ConfigError when neither is there
 */
export function databaseUrl(config: Pick<Config, "databaseUrl" | "dataFolder">): string {
  const url = config.databaseUrl ?? findEmbeddedDatabase(embeddedFolder(config));
  if (url) return url;
  throw new ConfigError(
    `No database is running in ${config.dataFolder}. Start the connector with npm start, or set DATABASE_URL.`,
  );
}

/** Whether the database is the embedded one, on this machine. The supervisor gives its address as DATABASE_URL. */
export function isBuiltIn({
  databaseUrl: url,
  dataFolder,
}: Pick<Config, "databaseUrl" | "dataFolder">): boolean {
  return url === undefined || url === findEmbeddedDatabase(embeddedFolder({ dataFolder }));
}

/** The address of the embedded database in this folder, or null when it is not running. */
export function findEmbeddedDatabase(folder: string): string | null {
  const connection = readConnection(folder);
  const server = findServer(folder);
  return connection && server ? urlOf({ ...connection, port: server.port }) : null;
}

/** What was chosen when the database was made; null when there is none. */
export function readConnection(folder: string): Connection | null {
  const text = readIfPresent(connectionFile(folder));
  return text === null ? null : connectionSchema.parse(JSON.parse(text));
}

export function urlOf({ password, port }: Connection, database = DATABASE): string {
  return `postgres://${USER}:${password}@127.0.0.1:${port}/${database}?sslmode=disable`;
}

/**
 * The living server of this folder, from its `postmaster.pid` (PostgreSQL manual, "Database File Layout": line 1 is the
 * process, line 4 the port). A file left behind by a kill names a process that is gone, or by now another program.
 */
export function findServer(folder: string): { pid: number; port: number } | null {
  const lines = readIfPresent(join(clusterFolder(folder), "postmaster.pid"))?.split("\n") ?? [];
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  return pid > 0 && port > 0 && commandLineOf(pid).includes(clusterFolder(folder)) ? { pid, port } : null;
}

/** The command a process was started with; empty when it is gone or already a zombie. */
export function commandLineOf(pid: number): string {
  if (process.platform !== "linux") {
    return spawnSync("ps", ["-ww", "-o", "command=", "-p", String(pid)], { encoding: "utf8" }).stdout;
  }
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch (error) {
    if (hasCode(error, "ENOENT") || hasCode(error, "ESRCH")) return "";
    throw error;
  }
}
