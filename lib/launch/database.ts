import type { Config } from "@/lib/platform/config";
import { embeddedFolder } from "@/lib/platform/postgres/find";
import { startEmbeddedPostgres, type EmbeddedPostgres } from "@/lib/platform/postgres/start";
import { rest } from "@/lib/platform/rest";
import { sendSignal } from "./process-identity";
import type { Journal } from "./journal";
import { restartDelayMs } from "./supervised";

const HEALTHY_AFTER_MS = 10_000;

/** The embedded database, started again whenever it ends, until it is stopped. */
export class SupervisedDatabase {
  readonly #folder: string;
  readonly #journal: Journal;
  readonly #onMoved: () => void;
  readonly #stopping = new AbortController();
  #server: EmbeddedPostgres | null = null;

  /** `onMoved` is called when a restarted server could not have its port back, so that the address changed. */
  constructor(config: Config, journal: Journal, onMoved: () => void) {
    this.#folder = embeddedFolder(config);
    this.#journal = journal;
    this.#onMoved = onMoved;
  }

  /** Starts it; resolves with its address when it can be used. @throws ConfigError when it cannot start */
  async start(): Promise<string> {
    const server = await this.#startOnce();
    void this.#watch(server);
    return server.url;
  }

  /** The present address. */
  get url(): string | undefined {
    return this.#server?.url;
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#server?.stop();
  }

  /** At once; its next start recovers from the write-ahead log. */
  kill(): void {
    this.#stopping.abort();
    if (this.#server) sendSignal(this.#server.pid, "SIGQUIT");
  }

  async #watch(server: EmbeddedPostgres): Promise<void> {
    let startedAt = performance.now();
    for (let deaths = 0; ;) {
      await server.exited;
      if (this.#stopping.signal.aborted) return;
      deaths = performance.now() - startedAt > HEALTHY_AFTER_MS ? 1 : deaths + 1;
      const delayMs = restartDelayMs(deaths);
      this.#journal.say(
        `database ended; starting it again in ${delayMs / 1000} s`,
        deaths > 3 ? "error" : "warn",
      );
      await rest(delayMs, this.#stopping.signal);
      if (this.#stopping.signal.aborted) return;
      startedAt = performance.now();
      server = (await this.#tryToStart()) ?? server;
    }
  }

  async #tryToStart(): Promise<EmbeddedPostgres | null> {
    const before = this.url;
    try {
      const server = await this.#startOnce();
      if (server.url !== before) this.#onMoved();
      return server;
    } catch (error) {
      this.#journal.say(error instanceof Error ? error.message : String(error), "error");
      return null;
    }
  }

  async #startOnce(): Promise<EmbeddedPostgres> {
    const log = {
      info: (details: object, message: string) =>
        this.#journal.take("database", JSON.stringify({ ...details, msg: message })),
    };
    const server = await startEmbeddedPostgres({ folder: this.#folder, log });
    this.#server = server;
    if (this.#stopping.signal.aborted) await server.stop();
    return server;
  }
}
