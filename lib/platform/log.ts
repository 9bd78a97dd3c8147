import pino, { type DestinationStream, type Logger } from "pino";

export type { Logger };

/** Names under which secrets travel; replaced wherever they stand up to two levels deep. */
const SECRET_NAMES = [
  "password",
  "secret",
  "token",
  "apiKey",
  "authorization",
  "cookie",
  "clientSecret",
  "privateKey",
  "accessToken",
  "refreshToken",
  "access_token",
  "client_secret",
  "assertion",
  "encryptionKey",
  "authSecret",
  "databaseUrl",
  "smtpUrl",
];

const REDACTED_PATHS = SECRET_NAMES.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);

/** A JSON-lines logger to standard output. `name` is the process: web, worker, start. */
export function createLogger(name: string, level = "info", destination?: DestinationStream): Logger {
  return pino(
    {
      name,
      level,
      base: { name, pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: REDACTED_PATHS, censor: "[redacted]" },
      serializers: { err: describeError, error: describeError },
    },
    destination ?? pino.destination({ dest: 1, sync: true }),
  );
}

/**
 * What a log may say about an error. Drizzle puts a query's parameters into its message, and PostgreSQL's class 22
 * ("data exception") quotes the offending value: both may be somebody's name, so both are cut.
 */
export function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const code = "code" in error ? error.code : undefined;
  const quiet = (text: string) => withoutValues(text, code);
  const frames = error.stack?.split("\n").filter((line) => /^\s+at /.test(line));
  return {
    type: error.name,
    message: quiet(error.message),
    code,
    stack: frames?.join("\n"),
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  };
}

function withoutValues(message: string, code: unknown): string {
  const withoutParameters = message.replace(/\nparams:[\s\S]*$/, "");
  const quotesData = typeof code === "string" && /^22...$/.test(code);
  return quotesData ? withoutParameters.replace(/: ".*$/s, ": (value not logged)") : withoutParameters;
}
