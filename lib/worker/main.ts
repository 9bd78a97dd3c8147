/** The worker process. Any number of them, on any machines, may run over one database. */
import { keyRing } from "@/lib/connections/cipher";
import { ConfigError, type Config } from "@/lib/platform/config";
import { databaseUrl } from "@/lib/platform/postgres/find";
import { openMailer, type Mailer } from "@/lib/platform/mail";
import { openRuntime } from "@/lib/platform/runtime";
import { runLoop } from "./loop";
import { depsOpener, readerOpener } from "./open-deps";
import { openWake } from "./wake";

async function main(): Promise<void> {
  const { config, secrets, log, db, close } = openRuntime("worker");
  const stopping = new AbortController();
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => stopping.abort());
  const wake = openWake(databaseUrl(config), log);
  log.info("started");
  await runLoop({
    db,
    log,
    wake,
    mailer: mailerOf(config),
    publicUrl: config.publicUrl,
    openDeps: depsOpener(db, keyRing(secrets.encryptionKey), log),
    openReader: readerOpener(db, keyRing(secrets.encryptionKey), log),
    signal: stopping.signal,
  });
  await wake.close();
  await close();
  log.info("stopped");
}

/** Null where no mail server is set up. */
function mailerOf({ smtpUrl, mailFrom }: Config): Mailer | null {
  return smtpUrl !== undefined && mailFrom !== undefined ? openMailer({ smtpUrl, from: mailFrom }) : null;
}

try {
  await main();
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
