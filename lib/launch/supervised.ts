import { spawn, type ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import type { Environment } from "@/lib/platform/config";
import { rest } from "@/lib/platform/rest";
import type { Journal } from "./journal";

export type Program = {
  name: string;
  /** Arguments of node: the script and its own arguments. */
  args: readonly string[];
  /** Read at every start, so that a restarted process sees an address that changed. */
  environment(): Environment;
  /** How long it may take to finish what it is doing when asked to stop. */
  graceMs: number;
};

const FIRST_DELAY_MS = 250;
const LONGEST_DELAY_MS = 10_000;
/** A process that lived this long was fine: its next death counts as the first. */
const HEALTHY_AFTER_MS = 10_000;
const QUICK_RESTARTS = 8;
const SLOW_DELAY_MS = 60_000;
const GUARD = new URL("./exit-with-parent.js", import.meta.url).href;

/** How long to wait before the nth restart in a row: doubling, then once a minute. */
export function restartDelayMs(deathsInARow: number): number {
  if (deathsInARow > QUICK_RESTARTS) return SLOW_DELAY_MS;
  return Math.min(FIRST_DELAY_MS * 2 ** (deathsInARow - 1), LONGEST_DELAY_MS);
}

/** A node process that is started again whenever it ends, until it is stopped. */
export class Supervised {
  readonly #program: Program;
  readonly #journal: Journal;
  readonly #onStart: (pid: number) => void;
  readonly #stopping = new AbortController();
  #child: ChildProcess | null = null;
  #life: Promise<void> = Promise.resolve();
  #askedToRestart = false;

  constructor(program: Program, journal: Journal, onStart: (pid: number) => void) {
    this.#program = program;
    this.#journal = journal;
    this.#onStart = onStart;
  }

  get name(): string {
    return this.#program.name;
  }

  start(): void {
    this.#life = this.#live();
  }

  /** Ends the process, after its grace by force, and starts it again at once, with a fresh environment. */
  restart(): void {
    this.#askedToRestart = true;
    const child = this.#child;
    child?.kill("SIGTERM");
    const force = setTimeout(() => child?.kill("SIGKILL"), this.#program.graceMs).unref();
    child?.once("close", () => clearTimeout(force));
  }

  /** Asks the process to finish; after its grace it is killed. Resolves when it is gone. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#child?.kill("SIGTERM");
    const force = setTimeout(() => this.kill(), this.#program.graceMs);
    await this.#life;
    clearTimeout(force);
  }

  kill(): void {
    this.#stopping.abort();
    this.#child?.kill("SIGKILL");
  }

  async #live(): Promise<void> {
    const { signal } = this.#stopping;
    for (let deaths = 0; !signal.aborted;) {
      const startedAt = performance.now();
      const how = await this.#liveOnce();
      if (signal.aborted) return;
      if (this.#askedToRestart) {
        this.#askedToRestart = false;
        continue;
      }
      deaths = performance.now() - startedAt > HEALTHY_AFTER_MS ? 1 : deaths + 1;
      this.#report(how, deaths);
      await rest(restartDelayMs(deaths), signal);
    }
  }

  #report(how: string, deaths: number): void {
    const delayMs = restartDelayMs(deaths);
    if (deaths <= QUICK_RESTARTS) {
      this.#journal.say(`${this.name} ended (${how}); starting it again in ${delayMs / 1000} s`, "warn");
      return;
    }
    this.#journal.say(
      `${this.name} ended ${deaths} times in a row (${how}). Its last lines say why. It is tried again every minute; ` +
        "the other processes go on.",
      "error",
    );
  }

  /** Resolves with a description of the end. */
  #liveOnce(): Promise<string> {
    const child = spawn(process.execPath, ["--import", GUARD, ...this.#program.args], {
      env: { ...this.#program.environment() } as NodeJS.ProcessEnv,
      // A process group of its own: Ctrl-C in the terminal reaches the supervisor, which stops all in good order.
      detached: true,
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    this.#child = child;
    if (child.pid) this.#onStart(child.pid);
    this.#forward(child.stdout);
    this.#forward(child.stderr);
    return new Promise((resolve) => {
      child.once("error", (error) => resolve(error.message));
      child.once("close", (code, signal) => resolve(signal ?? `exit code ${code}`));
    });
  }

  #forward(stream: Readable | null): void {
    if (stream) createInterface({ input: stream }).on("line", (line) => this.#journal.take(this.name, line));
  }
}
