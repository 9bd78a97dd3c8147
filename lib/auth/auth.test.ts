import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { account, session, user } from "@/drizzle/schema";
import { createLogger } from "@/lib/platform/log";
import { testDatabase } from "@/testing/database";
import { createAuth, trustedOrigins, type Auth } from "./auth";
import { ensureFirstAdmin, isPasswordOf } from "./first-admin";
import { SignInThrottle } from "./sign-in-throttle";

const database = testDatabase();
const email = "admin@venue.example";
const password = "a password for tests";
const origin = "http://localhost:3000";
let auth: Auth;

beforeEach(async () => {
  await database.db.delete(user);
  auth = open("http://localhost:3000");
});

function open(publicUrl: string): Auth {
  const throttle = new SignInThrottle({ windowSeconds: 60, perEmail: 3, altogether: 100 });
  const secret = "a secret of at least thirty-two characters";
  return createAuth({
    db: database.db,
    secret,
    publicUrl,
    port: 3000,
    log: createLogger("test", "silent"),
    throttle,
  });
}

function post(path: string, body: object, headers: Record<string, string> = {}): Promise<Response> {
  return auth.handler(
    new Request(`${origin}/api/auth${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", origin, ...headers },
      body: JSON.stringify(body),
    }),
  );
}

const signIn = (given: { email?: string; password?: string } = {}) =>
  post("/sign-in/email", { email, password, ...given });

/** What a browser would send back. */
function cookieOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
}

describe("the first admin", () => {
  test("is created when there is nobody, with a readable random password", async () => {
    const admin = await ensureFirstAdmin(database.db, { email: "Admin@Venue.example" });
    expect(admin.email).toBe(email);
    expect(admin.password).toMatch(/^([a-z0-9]{4}-){3}[a-z0-9]{4}$/);
    expect((await signIn({ password: admin.password ?? "" })).status).toBe(200);
  });

  test("is created once: later calls return the e-mail and no password", async () => {
    await ensureFirstAdmin(database.db, { email, password });
    expect(await ensureFirstAdmin(database.db, { email: "other@venue.example" })).toEqual({
      email,
      password: null,
    });
    expect(await database.db.$count(user)).toBe(1);
  });

  test("is created once when two processes start together", async () => {
    const both = await Promise.all([1, 2].map(() => ensureFirstAdmin(database.db, { email })));
    expect(both.filter((admin) => admin.password !== null)).toHaveLength(1);
    expect(await database.db.$count(user)).toBe(1);
  });

  test("has a password that is stored hashed only, and can be checked", async () => {
    await ensureFirstAdmin(database.db, { email, password });
    const [stored] = await database.db.select().from(account);
    expect(stored?.password).not.toContain(password);
    expect(await isPasswordOf(database.db, email, password)).toBe(true);
    expect(await isPasswordOf(database.db, email, "another password")).toBe(false);
    expect(await isPasswordOf(database.db, "nobody@venue.example", password)).toBe(false);
  });
});

describe("signing in", () => {
  beforeEach(async () => {
    await ensureFirstAdmin(database.db, { email, password });
  });

  test("gives a session that lasts a week and that signing out ends", async () => {
    const response = await signIn({ email: "ADMIN@venue.example" });
    expect(response.status).toBe(200);
    const headers = new Headers({ cookie: cookieOf(response) });
    expect((await auth.api.getSession({ headers }))?.user.email).toBe(email);
    const [stored] = await database.db.select().from(session);
    const days = ((stored?.expiresAt.getTime() ?? 0) - Date.now()) / 86_400_000;
    expect(Math.round(days)).toBe(7);
    expect((await post("/sign-out", {}, { cookie: cookieOf(response) })).status).toBe(200);
    expect(await auth.api.getSession({ headers })).toBeNull();
  });

  test("is refused with a wrong password and for an unknown e-mail, in the same words", async () => {
    const wrong = await signIn({ password: "not the password" });
    const unknown = await signIn({ email: "nobody@venue.example" });
    expect([wrong.status, unknown.status]).toEqual([401, 401]);
    expect(await wrong.text()).toBe(await unknown.text());
    expect(wrong.headers.getSetCookie()).toEqual([]);
  });

  test("is slowed down for an e-mail after a few wrong tries, whatever address they come from", async () => {
    for (const address of ["10.0.0.1", "10.0.0.2", "10.0.0.3"]) {
      const body = { email, password: "wrong password" };
      const response = await post("/sign-in/email", body, { "x-forwarded-for": address });
      expect(response.status).toBe(401);
    }
    const refused = await signIn();
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await signIn({ email: "other@venue.example" })).status).toBe(401);
  });

  test("starts the count afresh when it works", async () => {
    await signIn({ password: "wrong password" });
    await signIn({ password: "wrong password" });
    expect((await signIn()).status).toBe(200);
    expect((await signIn({ password: "wrong password" })).status).toBe(401);
    expect((await signIn()).status).toBe(200);
  });

  test("is refused from a page of another site", async () => {
    const response = await post(
      "/sign-in/email",
      { email, password },
      { origin: "https://elsewhere.example" },
    );
    expect(response.status).toBe(403);
  });

  test("sets cookies that scripts cannot read, and that travel over https only where the app does", async () => {
    const [plain] = (await signIn()).headers.getSetCookie();
    expect(plain).toMatch(/httponly/i);
    expect(plain).toMatch(/samesite=lax/i);
    expect(plain).not.toMatch(/; secure/i);
    auth = open("https://connector.venue.example");
    const [secure] = (await signIn()).headers.getSetCookie();
    expect(secure).toMatch(/; secure/i);
  });
});

test("nobody can sign up", async () => {
  const response = await post("/sign-up/email", {
    name: "Eve",
    email: "eve@venue.example",
    password: "long enough 1",
  });
  expect(response.status).toBeGreaterThanOrEqual(400);
  expect(await database.db.select().from(user).where(eq(user.email, "eve@venue.example"))).toEqual([]);
});

test("a forged cookie is nobody's", async () => {
  const headers = new Headers({ cookie: "connector.session_token=forged.signature" });
  expect(await auth.api.getSession({ headers })).toBeNull();
});

test("the app is trusted at its public address and at its own port of this machine", () => {
  expect(trustedOrigins("https://connector.venue.example/path", 3000)).toEqual([
    "https://connector.venue.example",
    "http://127.0.0.1:3000",
    "http://localhost:3000",
  ]);
});
