import { beforeEach, expect, test } from "vitest";
import { session, user } from "@/drizzle/schema";
import { testDatabase } from "@/testing/database";
import { addAdmin, listAdmins, removeAdmin, resetPassword } from "./admins";
import { isPasswordOf } from "./first-admin";

const database = testDatabase();
const [anna, ben] = ["anna@venue.example", "ben@venue.example"];

beforeEach(async () => {
  await database.db.delete(user);
});

async function add(email: string): Promise<string> {
  return (await addAdmin(database.db, email)) ?? expect.fail("has an account already");
}

async function signedIn(email: string): Promise<void> {
  const userId = (await database.db.select().from(user)).find((row) => row.email === email)?.id ?? "";
  const row = { id: email, token: email, userId, expiresAt: new Date("2100-01-01") };
  await database.db.insert(session).values(row);
}

const whoIsIn = async () => (await database.db.select().from(session)).map(({ token }) => token);

test("a person who is added signs in with the password that is told, in any case of the e-mail", async () => {
  const password = await add("Anna@Venue.example");
  expect(await isPasswordOf(database.db, anna, password)).toBe(true);
  expect(await addAdmin(database.db, "ANNA@venue.example")).toBeNull();
  expect(await isPasswordOf(database.db, anna, password)).toBe(true);
  expect((await listAdmins(database.db)).map(({ email }) => email)).toEqual([anna]);
});

test("a new password ends the old one and every session of the person, of nobody else", async () => {
  const old = await add(anna);
  await add(ben);
  await signedIn(anna);
  await signedIn(ben);
  const password = (await resetPassword(database.db, "ANNA@venue.example")) ?? "";
  expect(await isPasswordOf(database.db, anna, old)).toBe(false);
  expect(await isPasswordOf(database.db, anna, password)).toBe(true);
  expect(await whoIsIn()).toEqual([ben]);
  expect(await resetPassword(database.db, "nobody@venue.example")).toBeNull();
});

test("a person who is removed is signed out; the last one stays, also when two remove each other", async () => {
  await add(anna);
  await add(ben);
  await signedIn(anna);
  expect(await removeAdmin(database.db, "nobody@venue.example")).toBe("unknown");
  const ended = await Promise.all([removeAdmin(database.db, anna), removeAdmin(database.db, ben)]);
  expect(ended.toSorted()).toEqual(["last", "removed"]);
  expect(await listAdmins(database.db)).toHaveLength(1);
});

test("nobody stays signed in with an account that is gone", async () => {
  await add(anna);
  await add(ben);
  await signedIn(anna);
  expect(await removeAdmin(database.db, anna)).toBe("removed");
  expect(await whoIsIn()).toEqual([]);
});
