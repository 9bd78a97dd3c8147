import { spawn, type ChildProcess } from "node:child_process";
import { createWriteStream, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePorts } from "./free-port";

export type Stack = {
  /** The app. */
  url: string;
  /** The simulated Salesforce org: empty, and no connection leads to it yet. */
  salesforceUrl: string;
  /** The simulated S-360: the empty institution `myvenue`, which pushes to the app only on demand. */
  s360Url: string;
  adminEmail: string;
  adminPassword: string;
  /** The settings of this stack, for commands that should reach its database, such as `npm run connector`. */
  settings: Record<string, string>;
};

const LOG = ".build/stories.log";
const READY_TIMEOUT_MS = 180_000;
const STOP_TIMEOUT_MS = 35_000;
/** A `.env` of the developer must not reach the stories: an empty value keeps it out and counts as not set. */
const UNSET = {
  DATABASE_URL: "",
  PUBLIC_URL: "",
  ENCRYPTION_KEY: "",
  AUTH_SECRET: "",
  MAX_BODY_MB: "",
  SMTP_URL: "",
  MAIL_FROM: "",
};

/**
 * The whole product for the stories, started as a person would (`npm start -- --no-demo`, which also builds it when its
 * sources changed) in a data folder of its own, between two simulators. What they say is in `.build/stories.log`.
 */
export async function startStack(): Promise<Stack & { stop(): Promise<void> }> {
  const dataFolder = mkdtempSync(join(tmpdir(), "connector-stories-"));
  const [port = 0, salesforcePort = 0, s360Port = 0] = await freePorts(3);
  const stack: Stack = {
    url: `http://127.0.0.1:${port}`,
    salesforceUrl: `http://127.0.0.1:${salesforcePort}`,
    s360Url: `http://127.0.0.1:${s360Port}`,
    adminEmail: "admin@stories.example",
    adminPassword: "a password for stories only",
    settings: {},
  };
  stack.settings = {
    ...UNSET,
    ...{
      HOST: "127.0.0.1",
      PORT: String(port),
      PUBLIC_URL: stack.url,
      DATA_DIR: dataFolder,
      LOG_LEVEL: "info",
    },
    ...{ ADMIN_EMAIL: stack.adminEmail, ADMIN_PASSWORD: stack.adminPassword },
  };
  const processes = new Processes(stack.settings);
  const stop = async () => {
    await processes.stop();
    rmSync(dataFolder, { recursive: true, force: true });
  };
  try {
    processes.start("--import", "tsx", "lib/launch/main.ts", "--no-demo");
    await processes.answers(`${stack.url}/api/health`);
    processes.start(".build/salesforce-simulator.mjs", "--port", String(salesforcePort));
    processes.start(
      ".build/s360-simulator.mjs",
      "--port",
      String(s360Port),
      "--push-to",
      stack.url,
      "--schedule-seconds",
      "0",
    );
    await processes.answers(`${stack.salesforceUrl}/`);
    await processes.answers(`${stack.s360Url}/`);
  } catch (error) {
    await stop();
    throw error;
  }
  return { ...stack, stop };
}

class Processes {
  readonly #children: ChildProcess[] = [];
  readonly #environment: NodeJS.ProcessEnv;
  readonly #log;

  constructor(settings: Record<string, string>) {
    this.#environment = { ...process.env, ...settings };
    mkdirSync(".build", { recursive: true });
    this.#log = createWriteStream(LOG);
  }

  start(...args: string[]): void {
    const child = spawn(process.execPath, ["--import", "./lib/launch/exit-with-parent.js", ...args], {
      env: this.#environment,
      detached: true,
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    child.stdout?.pipe(this.#log, { end: false });
    child.stderr?.pipe(this.#log, { end: false });
    this.#children.push(child);
  }

  /** Resolves when the address gives any answer below 500. */
  async answers(url: string): Promise<void> {
    for (const deadline = Date.now() + READY_TIMEOUT_MS; Date.now() < deadline; await sleep(100)) {
      const ended = this.#children.find(hasEnded);
      if (ended) throw new Error(`${ended.spawnargs.slice(3).join(" ")} ended; ${LOG} says why.`);
      const status = await fetch(url).then(
        (response) => response.status,
        () => 503,
      );
      if (status < 500) return;
    }
    throw new Error(`${url} did not answer in time; ${LOG} says why.`);
  }

  async stop(): Promise<void> {
    await Promise.all(this.#children.toReversed().map(endChild));
    this.#log.end();
  }
}

const hasEnded = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null;

async function endChild(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  const force = setTimeout(() => child.kill("SIGKILL"), STOP_TIMEOUT_MS);
  await ended;
  clearTimeout(force);
}
