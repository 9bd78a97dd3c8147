import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { ConfigError, type Config } from "./config";
import { readOrCreatePrivateFile } from "./data-folder";

export type Secrets = {
  /** 32 bytes for AES-256-GCM: what is stored encrypted is lost with it. */
  encryptionKey: Buffer;
  /** Signs the sessions of admins. */
  authSecret: string;
};

/**
 * The two secrets of an installation: from ENCRYPTION_KEY and AUTH_SECRET when set, else from files of mode 0600 in
 * the data folder, made at the first start.
 * @throws ConfigError when a key file is damaged
 */
export function openSecrets(config: Pick<Config, "dataFolder" | "encryptionKey" | "authSecret">): Secrets {
  const file = (name: string) => join(config.dataFolder, name);
  const newKey = () => randomBytes(32).toString("base64");
  const key = config.encryptionKey ?? readOrCreatePrivateFile(file("encryption.key"), newKey);
  const encryptionKey = Buffer.from(key.trim(), "base64");
  if (encryptionKey.length !== 32) {
    throw new ConfigError(
      `${file("encryption.key")} does not hold 32 bytes in base64. Put back the file from your backup: what was encrypted with it cannot be read without.`,
    );
  }
  const authSecret = config.authSecret ?? readOrCreatePrivateFile(file("auth.secret"), newKey).trim();
  if (authSecret.length < 32) {
    throw new ConfigError(
      `${file("auth.secret")} is damaged. Delete it: a new one is made, and everyone signs in again.`,
    );
  }
  return { encryptionKey, authSecret };
}
