import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { z } from "zod";
import { proxyAddress, unusableRange } from "./outbound/rule";

const LOG_LEVELS = ["trace", "debug", "info", "warn", "error"] as const;

const text = (expected: string, accept: (value: string) => boolean) => z.string().refine(accept, expected);
const number = (low: number, high: number, what: string) =>
  text(`${what} from ${low} to ${high}`, (v) => /^\d+$/.test(v) && +v >= low && +v <= high).transform(Number);
const port = (fallback: number) => number(1, 65535, "a port number").default(fallback);
const url = (protocols: RegExp, expected: string) =>
  text(expected, (v) => URL.canParse(v) && protocols.test(new URL(v).protocol));

const proxy = text(
  "a proxy such as http://proxy.venue.example:3128, with user:password@ where it asks for them",
  (v) => proxyAddress(v) !== null,
);

/** Every setting of the product. The messages finish the sentence "PORT is "x"; expected …". */
const schema = z.object({
  DATABASE_URL: url(/^postgres(ql)?:$/, "postgres://user:password@host:5432/database").optional(),
  HOST: text("a host name or an IP address", (v) => /^[\w.:-]+$/.test(v)).default("127.0.0.1"),
  PORT: port(3000),
  PUBLIC_URL: url(/^https?:$/, "an address such as https://connector.example.org").optional(),
  DATA_DIR: z.string().default("./.data"),
  ENCRYPTION_KEY: text("32 bytes in base64 (openssl rand -base64 32)", is32BytesBase64).optional(),
  AUTH_SECRET: text("at least 32 characters", (v) => v.length >= 32).optional(),
  ADMIN_EMAIL: text("an e-mail address", isEmail).optional(),
  ADMIN_PASSWORD: text("10 to 128 characters", (v) => v.length >= 10 && v.length <= 128).optional(),
  LOG_LEVEL: text(`one of ${LOG_LEVELS.join(", ")}`, (v) => LOG_LEVELS.some((level) => level === v)).default(
    "info",
  ),
  MAX_BODY_MB: number(1, 512, "a whole number of megabytes").default(64),
  SMTP_URL: url(/^smtps?:$/, "smtp://user:password@host:587 or smtps://user:password@host:465").optional(),
  MAIL_FROM: text("an e-mail address such as connector@venue.example", isEmail).optional(),
  HTTPS_PROXY: proxy.optional(),
  HTTP_PROXY: proxy.optional(),
  NO_PROXY: text(
    "names, addresses and ranges such as 10.0.0.0/8, with commas between",
    (v) => unusableRange(v) === null,
  ).optional(),
  SALESFORCE_SIMULATOR_PORT: port(3001),
  S360_SIMULATOR_PORT: port(3002),
});

/** Without a sender of its own, mail would be refused or taken for spam. */
const mailIsWhole = (read: { SMTP_URL?: string; MAIL_FROM?: string }, context: z.RefinementCtx) => {
  if (read.SMTP_URL === undefined || read.MAIL_FROM !== undefined) return;
  const message = "the sender's e-mail address, because SMTP_URL is set";
  context.addIssue({ code: "custom", path: ["MAIL_FROM"], message });
};

const SECRET = new Set([
  ...["DATABASE_URL", "ENCRYPTION_KEY", "AUTH_SECRET", "ADMIN_PASSWORD", "SMTP_URL"],
  ...["HTTPS_PROXY", "HTTP_PROXY"],
]);

function isEmail(value: string): boolean {
  return z.email().safeParse(value).success;
}

function is32BytesBase64(value: string): boolean {
  return /^[A-Za-z0-9+/]{43}=$/.test(value) && Buffer.from(value, "base64").length === 32;
}

/** The environment cannot be used; the message lists everything that is wrong and shows no secret. */
export class ConfigError extends Error {
  override name = "ConfigError";
}

export type Environment = Readonly<Record<string, string | undefined>>;
export type Config = ReturnType<typeof loadConfig>;

/**
 * Reads all settings; an empty value counts as not set, and a `.env` file in the working folder fills what the
 * environment leaves open. Relative `DATA_DIR`s start at the working folder.
 * @throws ConfigError naming every unusable variable, what was found and what is expected
 */
export function loadConfig(env: Environment = readEnvironment()) {
  const given = withProxies(Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim())));
  const parsed = schema.superRefine(mailIsWhole).safeParse(given);
  if (!parsed.success) throw new ConfigError(describeProblems(parsed.error.issues, given));
  const read = parsed.data;
  return Object.freeze({
    databaseUrl: read.DATABASE_URL,
    host: read.HOST,
    port: read.PORT,
    publicUrl: (read.PUBLIC_URL ?? `http://localhost:${read.PORT}`).replace(/\/+$/, ""),
    publicUrlGiven: read.PUBLIC_URL !== undefined,
    dataFolder: resolve(read.DATA_DIR),
    encryptionKey: read.ENCRYPTION_KEY,
    authSecret: read.AUTH_SECRET,
    adminEmail: read.ADMIN_EMAIL,
    adminPassword: read.ADMIN_PASSWORD,
    logLevel: read.LOG_LEVEL,
    smtpUrl: read.SMTP_URL,
    mailFrom: read.MAIL_FROM,
    httpsProxy: read.HTTPS_PROXY,
    httpProxy: read.HTTP_PROXY,
    noProxy: read.NO_PROXY,
    maxBodyBytes: read.MAX_BODY_MB * 1024 * 1024,
    salesforceSimulatorPort: read.SALESFORCE_SIMULATOR_PORT,
    s360SimulatorPort: read.S360_SIMULATOR_PORT,
  });
}

/** These three are written in small letters as often as in capitals; small ones win, as with curl. */
function withProxies(given: Environment): Environment {
  const small = ["HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY"].flatMap((name) => {
    const value = given[name.toLowerCase()];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...given, ...Object.fromEntries(small) };
}

/** The environment for a process we start: ours, with some settings replaced. */
export function childEnvironment(replaced: Environment): Environment {
  return { ...readEnvironment(), ...replaced };
}

function readEnvironment(): Environment {
  if (existsSync(".env")) process.loadEnvFile(".env");
  return process.env;
}

function describeProblems(issues: readonly z.core.$ZodIssue[], env: Environment): string {
  const lines = issues.map(({ path, message }) => {
    const name = String(path[0]);
    const shown = SECRET.has(name) ? "set to something unusable (not shown)" : JSON.stringify(env[name]);
    const found = env[name]?.trim() ? shown : "not set";
    return `  ${name} is ${found}; expected ${message}`;
  });
  return ["Some settings cannot be used (see .env.example):", ...lines].join("\n");
}
