/**
 * Secrets at rest: AES-256-GCM (NIST SP 800-38D). A sealed text names its key, so that keys can be replaced, and is bound
 * to the place it is stored at, so that it cannot be moved to another row.
 */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";

export interface Key {
  /** First characters of the key's own hash: tells keys apart, says nothing about them. */
  readonly id: string;
  readonly bytes: Buffer;
}

export interface KeyRing {
  /** Seals; the older ones only open what was sealed before the key was replaced. */
  readonly current: Key;
  readonly older: readonly Key[];
}

/** Table, column and row a sealed text belongs to. */
export type Place = readonly (string | number)[];

const format = "v1";
const ivBytes = 12;
const tagBytes = 16;

/** A sealed text cannot be opened: unknown key, another place, or changed. The message holds no part of it. */
export class UnreadableSecretError extends Error {
  override readonly name = "UnreadableSecretError";
}

/** Keys are 32 bytes each. */
export function keyRing(current: Buffer, older: readonly Buffer[] = []): KeyRing {
  return { current: toKey(current), older: older.map(toKey) };
}

/** Gives `v1:keyId:iv:ciphertext:tag`, each part in base64url. */
export function seal(keys: KeyRing, place: Place, text: string): string {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv("aes-256-gcm", keys.current.bytes, iv, { authTagLength: tagBytes });
  cipher.setAAD(placeBytes(place));
  const cipherText = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  const parts = [iv, cipherText, cipher.getAuthTag()].map((part) => part.toString("base64url"));
  return [format, keys.current.id, ...parts].join(":");
}

/** @throws UnreadableSecretError */
export function unseal(keys: KeyRing, place: Place, sealed: string): string {
  const [version, keyId, ...encoded] = sealed.split(":");
  const [iv, cipherText, tag] = encoded.map((part) => Buffer.from(part, "base64url"));
  if (version !== format || !iv || !cipherText || !tag || tag.length !== tagBytes) {
    throw new UnreadableSecretError("it is not in a known format");
  }
  const key = [keys.current, ...keys.older].find((candidate) => candidate.id === keyId);
  if (!key) throw new UnreadableSecretError("it was encrypted with a key that is not at hand");
  try {
    const decipher = createDecipheriv("aes-256-gcm", key.bytes, iv, { authTagLength: tagBytes });
    decipher.setAAD(placeBytes(place));
    decipher.setAuthTag(tag);
    return Buffer.concat([decipher.update(cipherText), decipher.final()]).toString("utf8");
  } catch (cause) {
    throw new UnreadableSecretError("it was changed or moved in the database", { cause });
  }
}

function toKey(bytes: Buffer): Key {
  if (bytes.length !== 32) throw new RangeError("an encryption key has 32 bytes");
  const hash = createHash("sha256").update("s360-connector key id\0").update(bytes);
  return { id: hash.digest("base64url").slice(0, 8), bytes };
}

function placeBytes(place: Place): Buffer {
  return Buffer.from(JSON.stringify(place), "utf8");
}
