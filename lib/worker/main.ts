/** The worker process. Any number of them, on any machines, may run over one database. */
import { keyRing } from "@/lib/connections/cipher";
import { ConfigError, type Config } from "@/lib/platform/config";
import { databaseUrl, isBuiltIn } from "@/lib/platform/postgres/find";
import { openMailer, type Mailer } from "@/lib/platform/mail";
import { openRuntime } from "@/lib/platform/runtime";
import { connectionsGiveWay, giveWay } from "./give-way";
import { runLoop } from "./loop";
import { depsOpener, readerOpener } from "./open-deps";
import { finishesInTime } from "./stopping";
import { openWake } from "./wake";

/** An org that does not answer must not keep a machine from being updated; less than what supervisors wait. */
const stopWithinMs = 25_000;

async function main(): Promise<void> {
  const { config, secrets, log, db, pool, close } = openRuntime("worker");
  void giveWay(process.pid, log);
  if (isBuiltIn(config)) connectionsGiveWay(pool, log);
  const stopping = new AbortController();
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => stopping.abort());
  const wake = openWake(databaseUrl(config), log);
  log.info("started");
  const loop = runLoop({
    db,
    log,
    wake,
    mailer: mailerOf(config),
    publicUrl: config.publicUrl,
    openDeps: depsOpener(db, keyRing(secrets.encryptionKey), log),
    openReader: readerOpener(db, keyRing(secrets.encryptionKey), log),
    signal: stopping.signal,
  });
  if (!(await finishesInTime(loop, stopping.signal, stopWithinMs))) {
    log.warn("stopped with work in hand: it goes on when its leases end");
    process.exit(0);
  }
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
