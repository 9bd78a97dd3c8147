import { betterAuth } from "better-auth/minimal";
import { drizzleAdapter } from "better-auth/adapters/drizzle";
import { APIError, createAuthMiddleware } from "better-auth/api";
import { account, session, user, verification } from "@/drizzle/schema";
import type { Database } from "@/lib/platform/db";
import type { Logger } from "@/lib/platform/log";
import { SignInThrottle } from "./sign-in-throttle";

const signInPath = "/sign-in/email";
const sessionSeconds = 7 * 86_400;

export interface AuthSetting {
  readonly db: Database;
  /** Signs the session cookies; at least 32 characters. */
  readonly secret: string;
  /** The address people use; its scheme decides whether cookies travel over https only. */
  readonly publicUrl: string;
  /** Where the app listens: on this machine people may also use this port of localhost. */
  readonly port: number;
  readonly log: Logger;
  readonly throttle?: SignInThrottle;
}

export type Auth = ReturnType<typeof createAuth>;

/** Sign-in with e-mail and password for admins that exist already: nobody can sign up. */
export function createAuth({
  db,
  secret,
  publicUrl,
  port,
  log,
  throttle = new SignInThrottle(),
}: AuthSetting) {
  return betterAuth({
    appName: "S-360 connector",
    baseURL: publicUrl,
    secret,
    database: drizzleAdapter(db, { provider: "pg", schema: { user, session, account, verification } }),
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 10, maxPasswordLength: 128 },
    account: { accountLinking: { enabled: false } },
    session: { expiresIn: sessionSeconds, disableSessionRefresh: true },
    trustedOrigins: trustedOrigins(publicUrl, port),
    advanced: {
      useSecureCookies: publicUrl.startsWith("https:"),
      cookiePrefix: "connector",
      // Said aloud, for the library would leave both checks out where it finds itself under test.
      disableOriginCheck: false,
      disableCSRFCheck: false,
    },
    // Ours counts by e-mail: behind a proxy all people may share one address.
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    // What fails is thrown to the route, which logs it once.
    onAPIError: { throw: true },
    logger: { log: (level, message) => log.debug({ room: "auth", level }, String(message)) },
    hooks: {
      before: createAuthMiddleware(async (context) => {
        // A call from elsewhere is refused before any password is looked at, so it is no try.
        const origin = context.headers?.get("origin") ?? "";
        if (context.path !== signInPath || !trustedOrigins(publicUrl, port).includes(origin)) return;
        const seconds = throttle.take(emailOf(context.body));
        if (seconds === 0) return;
        log.warn({ room: "auth", seconds }, "too many sign-ins");
        throw tooMany(seconds);
      }),
      after: createAuthMiddleware(async (context) => {
        if (context.path !== signInPath || !context.context.newSession) return;
        throttle.forget(emailOf(context.body));
        log.info({ room: "auth", user: context.context.newSession.user.id }, "signed in");
      }),
    },
  });
}

/** The origins whose pages may call with a person's cookie. */
export function trustedOrigins(publicUrl: string, port: number): string[] {
  return [...new Set([new URL(publicUrl).origin, `http://127.0.0.1:${port}`, `http://localhost:${port}`])];
}

function emailOf(body: unknown): string {
  if (typeof body !== "object" || body === null || !("email" in body)) return "";
  return typeof body.email === "string" ? body.email : "";
}

function tooMany(seconds: number): APIError {
  const message = `Too many tries. Wait ${seconds} seconds, then try again.`;
  return new APIError("TOO_MANY_REQUESTS", { message }, { "Retry-After": String(seconds) });
}
