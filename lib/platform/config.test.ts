import { resolve } from "node:path";
import { expect, test } from "vitest";
import { ConfigError, loadConfig } from "./config";

function messageOf(env: Record<string, string>): string {
  try {
    loadConfig(env);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as ConfigError).message;
  }
  throw new Error("the settings were accepted");
}

test("nothing set gives the demo's defaults: this machine only, embedded database", () => {
  expect(loadConfig({})).toMatchObject({
    databaseUrl: undefined,
    host: "127.0.0.1",
    port: 3000,
    publicUrl: "http://localhost:3000",
    dataFolder: resolve(".data"),
    logLevel: "info",
    maxBodyBytes: 64 * 1024 * 1024,
  });
});

test("an empty value counts as not set", () => {
  expect(loadConfig({ DATABASE_URL: "", PORT: " " })).toMatchObject({ databaseUrl: undefined, port: 3000 });
});

test("the public address follows the port and loses its last slash", () => {
  expect(loadConfig({ PORT: "4630" }).publicUrl).toBe("http://localhost:4630");
  expect(loadConfig({ PUBLIC_URL: "https://sync.example.org/" }).publicUrl).toBe("https://sync.example.org");
});

test("everything wrong is listed at once, with what was found and what is expected", () => {
  const message = messageOf({ PORT: "http", MAX_BODY_MB: "0", LOG_LEVEL: "loud" });
  expect(message).toContain('PORT is "http"; expected a port number from 1 to 65535');
  expect(message).toContain('MAX_BODY_MB is "0"; expected a whole number of megabytes from 1 to 512');
  expect(message).toContain('LOG_LEVEL is "loud"; expected one of trace, debug');
});

test("a secret that cannot be used is named but never printed", () => {
  const message = messageOf({
    ENCRYPTION_KEY: "hunter2",
    DATABASE_URL: "mysql://root:hunter2@db/x",
    ADMIN_PASSWORD: "hunter2",
    AUTH_SECRET: "hunter2",
    SMTP_URL: "http://me:hunter2@mail.example",
  });
  expect(message).not.toContain("hunter2");
  for (const name of ["ENCRYPTION_KEY", "DATABASE_URL", "ADMIN_PASSWORD", "AUTH_SECRET", "SMTP_URL"])
    expect(message).toContain(name);
});

test("an encryption key is exactly 32 bytes", () => {
  const key = Buffer.alloc(32, 7).toString("base64");
  expect(loadConfig({ ENCRYPTION_KEY: key }).encryptionKey).toBe(key);
  expect(messageOf({ ENCRYPTION_KEY: Buffer.alloc(31, 7).toString("base64") })).toContain(
    "32 bytes in base64",
  );
});

test("a mail server needs a sender; without one no mail is sent at all", () => {
  expect(loadConfig({ MAIL_FROM: "connector@venue.example" }).smtpUrl).toBeUndefined();
  const mail = { SMTP_URL: "smtps://mail.example", MAIL_FROM: "connector@venue.example" };
  expect(loadConfig(mail)).toMatchObject({ smtpUrl: mail.SMTP_URL, mailFrom: mail.MAIL_FROM });
  expect(messageOf({ SMTP_URL: "smtp://mail.example" })).toContain(
    "MAIL_FROM is not set; expected the sender's e-mail address, because SMTP_URL is set",
  );
  expect(messageOf({ ...mail, MAIL_FROM: "a@venue.example\nBcc: all@venue.example" })).toContain(
    "MAIL_FROM is",
  );
});

test("a proxy is named in capitals or small letters, which win, and its password is never printed", () => {
  const named = loadConfig({
    HTTPS_PROXY: "proxy.venue.example:3128",
    HTTP_PROXY: "http://a.example",
    http_proxy: "http://b.example",
    no_proxy: "10.0.0.0/8, .venue.example",
  });
  expect(named).toMatchObject({
    httpsProxy: "proxy.venue.example:3128",
    httpProxy: "http://b.example",
    noProxy: "10.0.0.0/8, .venue.example",
  });
  expect(loadConfig({ HTTPS_PROXY: " " }).httpsProxy).toBeUndefined();
  const message = messageOf({ https_proxy: "socks5://me:hunter2@proxy.example", NO_PROXY: "10.0.0.0/99" });
  expect(message).toContain("HTTPS_PROXY is set to something unusable (not shown); expected a proxy such as");
  expect(message).toContain('NO_PROXY is "10.0.0.0/99"; expected names, addresses and ranges');
  expect(message).not.toContain("hunter2");
});

test("the settings cannot be changed after they were read", () => {
  expect(Object.isFrozen(loadConfig({}))).toBe(true);
});
