/** Waking by NOTIFY, with a poll behind it: a notice that is lost costs a second, never a record. */
import { Client } from "pg";
import { keepAliveAfterMs } from "@/lib/platform/db";
import { describeError, type Logger } from "@/lib/platform/log";

export interface Wake {
  /** Resolves at the next notice, when the time is up, or when the signal is aborted. */
  wait(timeoutMs: number, signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

const channel = "work";
const reconnectMs = 2_000;

/** Listens on its own connection and opens it again whenever it breaks. */
export function openWake(databaseUrl: string, log: Logger): Wake {
  let noticed = false;
  let notify: () => void = () => undefined;
  let client: Client | null = null;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  const connect = async (): Promise<void> => {
    const next = new Client({
      connectionString: databaseUrl,
      application_name: "s360-worker-wake",
      keepAlive: true,
      keepAliveInitialDelayMillis: keepAliveAfterMs,
    });
    next.on("notification", () => {
      noticed = true;
      notify();
    });
    next.on("error", (error) => retry(next, error));
    next.on("end", () => retry(next, null));
    client = next;
    try {
      await next.connect();
      await next.query(`listen ${channel}`);
    } catch (error) {
      retry(next, error);
    }
  };
  const retry = (broken: Client, error: unknown): void => {
    if (closed || client !== broken) return;
    client = null;
    if (error) log.debug({ err: describeError(error) }, "listening broke off");
    broken
      .end()
      .catch((reason: unknown) =>
        log.debug({ err: describeError(reason) }, "the broken listener did not close"),
      );
    timer = setTimeout(() => void connect(), reconnectMs);
  };
  void connect();

  return {
    async wait(timeoutMs, signal) {
      if (!noticed && !signal.aborted) {
        await new Promise<void>((resolve) => {
          const finish = () => {
            clearTimeout(timeout);
            signal.removeEventListener("abort", finish);
            resolve();
          };
          const timeout = setTimeout(finish, timeoutMs);
          notify = finish;
          signal.addEventListener("abort", finish);
        });
      }
      noticed = false;
      notify = () => undefined;
    },
    async close() {
      closed = true;
      clearTimeout(timer);
      await client?.end();
    },
  };
}
