import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { DEFAULT_CLIENT } from "./org/clients";
import { clientKeyProblem } from "./oauth/client-key";
import { startSalesforceSimulator, type SimulatorOptions } from "./server";

const USAGE = `Usage: salesforce simulator --port N [options]
  --port N                      port to listen on (0 takes a free one)
  --host ADDRESS                default 127.0.0.1
  --person-accounts on|off      default on
  --prefix secutix__|none       namespace of the SecuTix package, default none
  --secutix-package on|off      whether SecutixSale and SyncId exist, default on
  --multi-currency on|off       CHF, EUR, GBP and USD side by side, default off
  --state-country-picklists on|off   states and countries as codes from a list, default off
  --seed N                      record ids are the same for the same seed, default 1
  --latency-ms N                wait before each answer, default 0
  --line-ends lf|crlf           how text areas store line breaks, default lf
  --daily-api-requests N        default 100000
  --concurrent-long-requests N  calls over 20 seconds at once, default 25
  --client-id ID --client-secret SECRET --jwt-public-key FILE   the client app, default demo-client, demo-secret
  --integration-access full|minimal   what the integration user may see and change, default full
  --user-password TEXT          what the org's users sign in with, default demo-password
  --session-timeout-minutes N   inactivity that ends a session, default 120
  --bulk-rows-per-second N      how fast Bulk jobs are worked through, default 25000
  --state FILE                  keep the org in this file over restarts
  --help                        print this text`;

const OPTIONS = {
  help: { type: "boolean", default: false },
  port: { type: "string" },
  host: { type: "string" },
  "person-accounts": { type: "string", default: "on" },
  prefix: { type: "string", default: "none" },
  "secutix-package": { type: "string", default: "on" },
  "multi-currency": { type: "string", default: "off" },
  "state-country-picklists": { type: "string", default: "off" },
  seed: { type: "string", default: "1" },
  "latency-ms": { type: "string", default: "0" },
  "line-ends": { type: "string", default: "lf" },
  "daily-api-requests": { type: "string", default: "100000" },
  "concurrent-long-requests": { type: "string", default: "25" },
  "client-id": { type: "string", default: DEFAULT_CLIENT.clientId },
  "client-secret": { type: "string", default: DEFAULT_CLIENT.clientSecret },
  "jwt-public-key": { type: "string" },
  "user-password": { type: "string" },
  "integration-access": { type: "string", default: "full" },
  "session-timeout-minutes": { type: "string", default: "120" },
  "bulk-rows-per-second": { type: "string", default: "25000" },
  state: { type: "string" },
} as const;

const MAX_PORT = 65_535;
/** A day, the longest latency that the control calls take too. */
const MAX_LATENCY_MS = 24 * 3_600_000;

/** @returns undefined when the usage is asked for */
function readOptions(): SimulatorOptions | undefined {
  const { values } = parseArgs({ options: OPTIONS });
  if (values.help) return undefined;
  const keyFile = values["jwt-public-key"];
  return {
    port: wholeNumber("--port", values.port ?? "", MAX_PORT),
    host: notEmpty("--host", values.host),
    personAccounts: isOn("--person-accounts", values["person-accounts"]),
    prefix: prefixOf(values.prefix),
    secutixPackage: isOn("--secutix-package", values["secutix-package"]),
    multiCurrency: isOn("--multi-currency", values["multi-currency"]),
    stateCountryPicklists: isOn("--state-country-picklists", values["state-country-picklists"]),
    seed: wholeNumber("--seed", values.seed),
    latencyMs: wholeNumber("--latency-ms", values["latency-ms"], MAX_LATENCY_MS),
    lineEnds: oneOf("--line-ends", values["line-ends"], ["lf", "crlf"] as const),
    dailyApiRequests: wholeNumber("--daily-api-requests", values["daily-api-requests"]),
    concurrentLongRequests: wholeNumber("--concurrent-long-requests", values["concurrent-long-requests"]),
    clients: [
      {
        ...DEFAULT_CLIENT,
        clientId: values["client-id"],
        clientSecret: values["client-secret"],
        publicKeyPem: keyFile === undefined ? undefined : readKey("--jwt-public-key", keyFile),
      },
    ],
    userPassword: values["user-password"],
    integrationAccess: oneOf("--integration-access", values["integration-access"], [
      "full",
      "minimal",
    ] as const),
    sessionTimeoutMinutes: atLeastOne("--session-timeout-minutes", values["session-timeout-minutes"]),
    bulk: { rowsPerSecond: atLeastOne("--bulk-rows-per-second", values["bulk-rows-per-second"]) },
    stateFile: notEmpty("--state", values.state),
  };
}

function readKey(name: string, file: string): string {
  const pem = readFileSync(file, "utf8");
  const problem = clientKeyProblem(pem);
  if (problem !== undefined) throw new Error(`${name}: the file ${problem}.`);
  return pem;
}

function notEmpty(name: string, text: string | undefined): string | undefined {
  if (text === "") throw new Error(`${name} must not be empty.`);
  return text;
}

function wholeNumber(name: string, text: string, max = Number.MAX_SAFE_INTEGER): number {
  if (!/^\d+$/.test(text)) throw new Error(`${name} must be a whole number.`);
  const number = Number(text);
  if (number > max) throw new Error(`${name} must be at most ${max}.`);
  return number;
}

function atLeastOne(name: string, text: string): number {
  const number = wholeNumber(name, text);
  if (number === 0) throw new Error(`${name} must be at least 1.`);
  return number;
}

function oneOf<Choice extends string>(name: string, text: string, choices: readonly Choice[]): Choice {
  const choice = choices.find((candidate) => candidate === text);
  if (choice === undefined) throw new Error(`${name} must be one of ${choices.join(", ")}.`);
  return choice;
}

function isOn(name: string, text: string): boolean {
  return oneOf(name, text, ["on", "off"] as const) === "on";
}

function prefixOf(text: string): string {
  if (text === "none" || text === "") return "";
  if (!/^[A-Za-z]\w*__$/.test(text)) throw new Error("--prefix must end with two underscores, or be none.");
  return text;
}

async function main(): Promise<void> {
  let options: SimulatorOptions | undefined;
  try {
    options = readOptions();
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
    process.exitCode = 2;
    return;
  }
  if (!options) {
    console.log(USAGE);
    return;
  }
  const simulator = await startSalesforceSimulator(options);
  console.log(
    `Simulated Salesforce org ready: ${JSON.stringify({ listening: simulator.port, url: simulator.url })}`,
  );
  const stop = () => {
    simulator.close().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error("The simulated Salesforce org did not stop cleanly:", error);
        process.exit(1);
      },
    );
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
}

main().catch((error: unknown) => {
  const isTaken = error instanceof Error && "code" in error && error.code === "EADDRINUSE";
  const reason = error instanceof Error ? error.message : String(error);
  console.error(
    isTaken
      ? "The simulated Salesforce org cannot start: the port is taken. Stop the other program or choose another --port."
      : `The simulated Salesforce org cannot start: ${reason}`,
  );
  process.exit(1);
});
