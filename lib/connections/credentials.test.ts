import { randomBytes } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { connection, credential } from "@/drizzle/schema";
import type { ConnectionSettings } from "@/lib/core/connection-settings";
import { testDatabase } from "@/testing/database";
import { keyRing } from "./cipher";
import {
  CredentialError,
  credentialReferences,
  putCredential,
  readCredential,
  removeCredential,
} from "./credentials";

const database = testDatabase();
const bytes = randomBytes(32);
const keys = keyRing(bytes);
let id: number;

beforeEach(async () => {
  await database.db.execute(sql`truncate connection cascade`);
  const [row] = await database.db
    .insert(connection)
    .values({ institution: "myvenue", name: "v", timeZone: "UTC", settings: {} as ConnectionSettings })
    .returning();
  id = row?.id ?? 0;
});

const given = { value: "hunter2", reference: "env:SECRET" };
const put = (changed = given, ring = keys) => putCredential(database.db, ring, id, "s360.secret", changed);
const read = (ring = keys) => readCredential(database.db, ring, id, "s360.secret");

test("a credential is stored encrypted and read back", async () => {
  expect(await put()).toBe("new");
  expect(await read()).toBe("hunter2");
  const [row] = await database.db.select().from(credential);
  expect(row?.cipherText).toMatch(/^v1:/);
  expect(JSON.stringify(row)).not.toContain("hunter2");
});

test("others learn the name and the variable, never the value", async () => {
  await put();
  expect(await credentialReferences(database.db, id)).toEqual([
    { name: "s360.secret", reference: "env:SECRET" },
  ]);
});

test("storing the same again changes nothing; another value or variable replaces it", async () => {
  await put();
  expect(await put()).toBe("unchanged");
  expect(await put({ ...given, value: "hunter3" })).toBe("replaced");
  expect(await put({ value: "hunter3", reference: "env:OTHER" })).toBe("replaced");
});

test("with a new key the old value stays readable, and storing it again moves it to the new key", async () => {
  await put();
  const renewed = keyRing(randomBytes(32), [bytes]);
  expect(await read(renewed)).toBe("hunter2");
  expect(await put(given, renewed)).toBe("replaced");
  expect(await read(keyRing(renewed.current.bytes))).toBe("hunter2");
});

test("a value that cannot be decrypted is told with what to do, and can be stored anew", async () => {
  await put();
  const stranger = keyRing(randomBytes(32));
  await expect(read(stranger)).rejects.toThrow(CredentialError);
  await expect(read(stranger)).rejects.toThrow(/s360\.secret cannot be read: .* Put back the encryption key/);
  expect(await put(given, stranger)).toBe("replaced");
  expect(await read(stranger)).toBe("hunter2");
});

test("a cipher text that was copied to another name does not open there", async () => {
  await put();
  await database.db
    .update(credential)
    .set({ name: "salesforce.clientSecret" })
    .where(eq(credential.connectionId, id));
  await expect(readCredential(database.db, keys, id, "salesforce.clientSecret")).rejects.toThrow(
    "changed or moved",
  );
});

test("what was removed, or never stored, is null", async () => {
  await put();
  await removeCredential(database.db, id, "s360.secret");
  expect(await read()).toBeNull();
});
