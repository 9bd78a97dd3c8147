import { join, relative } from "node:path";
import { keyRing } from "@/lib/connections/cipher";
import { checkKey } from "@/lib/connections/stored-key";
import { childEnvironment, loadConfig, type Config } from "@/lib/platform/config";
import { openDatabase } from "@/lib/platform/db";
import { migrate } from "@/lib/platform/migrate";
import { databaseUrl } from "@/lib/platform/postgres/find";
import { openSecrets } from "@/lib/platform/secrets-file";
import { buildIfChanged } from "./build";
import { claimDataFolder } from "./claim";
import { firstAdmin, type FirstAdmin } from "./first-admin";
import { Fleet } from "./fleet";
import { openJournal, type Journal } from "./journal";
import { checkShared, type StartPlan } from "./plan";
import { checkPorts } from "./ports";
import { prepareDemo } from "./prepare-demo";
import { localAddress, productPrograms, simulatorPrograms } from "./programs";
import { waitForAnswer } from "./ready";

const READY_TIMEOUT_MS = 120_000;

export type Stops = {
  /** The first request to stop: finish in good order. */
  signal: AbortSignal;
  /** Called with what to do at the second one. */
  onInsist(kill: () => void): void;
};

/**
 * The whole of `npm start`: everything up, until asked to stop, everything down.
 * @throws ConfigError, AlreadyRunning or Error with a sentence for the person at the terminal
 */
export async function run(plan: StartPlan, stops: Stops): Promise<void> {
  const config = loadConfig();
  checkShared(plan, config);
  const addresses = describeAddresses(config, plan.demo);
  const claim = await claimDataFolder(config.dataFolder, addresses);
  const journal = openJournal(join(config.dataFolder, "log"));
  const fleet = new Fleet(journal, claim);
  stops.onInsist(() => {
    fleet.kill();
    claim.release();
  });
  try {
    await checkPorts(wantedPorts(config, plan));
    await buildIfChanged(process.cwd(), journal, stops.signal);
    const admin = await bringUp(config, plan, fleet, journal, stops.signal);
    journal.show(readyBlock(addresses, admin, relative(process.cwd(), config.dataFolder)));
    await untilAborted(stops.signal);
  } catch (error) {
    if (!stops.signal.aborted) throw error;
  } finally {
    if (!fleet.isEmpty) journal.say("stopping");
    await fleet.stop();
    claim.release();
    if (!fleet.isEmpty) journal.say("stopped");
  }
}

async function bringUp(
  config: Config,
  plan: StartPlan,
  fleet: Fleet,
  journal: Journal,
  signal: AbortSignal,
): Promise<FirstAdmin> {
  const { demo } = plan;
  const address = config.databaseUrl ?? (await fleet.startDatabase(config));
  const running: Config = { ...config, databaseUrl: address };
  await prepareDatabase(address);
  await checkStoredKey(running);
  const admin = await firstAdmin(running);
  signal.throwIfAborted();

  const environment = () =>
    childEnvironment({
      DATABASE_URL: fleet.databaseUrl ?? address,
      NODE_ENV: "production",
      NEXT_TELEMETRY_DISABLED: "1",
    });
  const simulators = simulatorPrograms(config);
  if (demo) {
    fleet.start("simulators", simulators.salesforce);
    await waitForAnswer(
      simulatorAddress(config.salesforceSimulatorPort),
      () => true,
      READY_TIMEOUT_MS,
      signal,
    );
    await prepareDemo(running);
  }
  for (const program of productPrograms(plan, environment)) fleet.start("product", program);
  if (plan.web) {
    journal.say("waiting for the app");
    await waitForAnswer(
      `${localAddress(config)}/api/health`,
      (status) => status === 200,
      READY_TIMEOUT_MS,
      signal,
    );
  }
  if (demo) {
    // Last, for it sends at once.
    fleet.start("simulators", simulators.s360);
    await waitForAnswer(simulatorAddress(config.s360SimulatorPort), () => true, READY_TIMEOUT_MS, signal);
  }
  return admin;
}

async function prepareDatabase(address: string): Promise<void> {
  try {
    await migrate(address);
  } catch (error) {
    const { hostname, port, pathname } = new URL(address);
    const reason = error instanceof Error ? (error.cause ?? error) : error;
    throw new Error(
      `The database ${pathname.slice(1)} on ${hostname}:${port || 5432} cannot be used: ` +
        `${reason instanceof Error ? reason.message : String(reason)}. Check DATABASE_URL and its rights.`,
    );
  }
}

const simulatorAddress = (port: number) => `http://127.0.0.1:${port}/`;

/** @throws ConfigError when the others of this installation, or earlier starts, use another key */
async function checkStoredKey(config: Config): Promise<void> {
  const { db, close } = openDatabase(databaseUrl(config), { name: "s360-start", max: 1 });
  try {
    await checkKey(db, keyRing(openSecrets(config).encryptionKey));
  } finally {
    await close();
  }
}

function wantedPorts(config: Config, { demo, web }: StartPlan) {
  const app = { setting: "PORT", host: config.host, port: config.port, what: "the app" };
  const simulator = (setting: string, port: number, what: string) => ({
    setting,
    host: "127.0.0.1",
    port,
    what,
  });
  return demo
    ? [
        app,
        simulator(
          "SALESFORCE_SIMULATOR_PORT",
          config.salesforceSimulatorPort,
          "the simulated Salesforce org",
        ),
        simulator("S360_SIMULATOR_PORT", config.s360SimulatorPort, "the simulated S-360 venue"),
      ]
    : web
      ? [app]
      : [];
}

function describeAddresses(config: Config, demo: boolean): string[] {
  const app = `App                ${config.publicUrl}`;
  return demo
    ? [
        app,
        `Simulated org      http://localhost:${config.salesforceSimulatorPort}`,
        `Simulated venue    http://localhost:${config.s360SimulatorPort}`,
      ]
    : [app];
}

function readyBlock(addresses: string[], admin: FirstAdmin, dataFolder: string): string {
  const signIn = `Sign in            ${admin.email}   password: ${admin.password ?? "as you set it"}`;
  const [app = "", ...simulated] = addresses;
  const data = `Data and logs      ${dataFolder || "."}`;
  const lines = [app, signIn, ...simulated, data].map((line) => `  ${line}`);
  return ["", "The connector is ready.", "", ...lines, "", "Ctrl-C stops everything.", ""].join("\n");
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
