import { keyRing, type KeyRing } from "@/lib/connections/cipher";
import type { Environment } from "@/lib/connections/env-references";
import { checkKey } from "@/lib/connections/stored-key";
import { loadConfig } from "@/lib/platform/config";
import { openDatabase, type Database } from "@/lib/platform/db";
import { createLogger, type Logger } from "@/lib/platform/log";
import { databaseUrl } from "@/lib/platform/postgres/find";
import { openSecrets } from "@/lib/platform/secrets-file";

/** Where a command reads from and writes to. */
export interface Terminal {
  readonly env: Environment;
  /** The folder that relative file names start at. */
  readonly folder: string;
  /** One piece of the answer, with its line end. */
  readonly out: (text: string) => void;
  /** For people only: what is wrong, what goes on. */
  readonly err: (text: string) => void;
  /** Aborted when the person has had enough. */
  readonly signal?: AbortSignal;
}

export interface Context {
  readonly terminal: Terminal;
  readonly db: Database;
  /** Read only by commands that store or use credentials. */
  readonly keys: () => Promise<KeyRing>;
  /** The key at hand, whether or not it is the installation's. */
  readonly keyAtHand: () => KeyRing;
  readonly log: Logger;
}

/** A command cannot be carried out; the message says what to do. */
export class CommandError extends Error {
  override readonly name = "CommandError";
}

/**
 * Runs a command on the connector's database: DATABASE_URL, or the embedded one that is running in the data folder, with
 * the key from there. The answer goes to standard output, so the log goes to standard error.
 * @throws ConfigError when there is no database to be found
 */
export async function withContext(
  terminal: Terminal,
  command: (context: Context) => Promise<number>,
): Promise<number> {
  const config = loadConfig(terminal.env);
  const url = databaseUrl(config);
  const keyAtHand = () => keyRing(openSecrets(config).encryptionKey);
  const log = createLogger("connector", "warn", { write: terminal.err });
  const { db, close } = openDatabase(url, { name: "s360-connector", max: 4 });
  try {
    const keys = async () => {
      const ring = keyAtHand();
      await checkKey(db, ring);
      return ring;
    };
    return await command({ terminal, db, keys, keyAtHand, log });
  } finally {
    await close();
  }
}
