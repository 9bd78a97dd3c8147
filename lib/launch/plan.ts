/** What a start brings up, as it is asked for on the command line. */
import { parseArgs } from "node:util";
import { ConfigError, type Config } from "@/lib/platform/config";

export interface StartPlan {
  /** With the simulated systems and a venue that sells. */
  readonly demo: boolean;
  readonly web: boolean;
  /** Worker processes on this machine. */
  readonly workers: number;
}

export const usage = `npm start                                  the app with a demo venue and two simulated systems
npm start -- --no-demo                     the app alone, for your own S-360 and Salesforce
npm start -- --no-demo --only web          its pages and webhooks only; another machine runs workers
npm start -- --no-demo --only worker       a worker only
npm start -- --no-demo --workers 2         that many workers on this machine`;

const mostWorkers = 16;

/** Null: help was asked for. @throws Error with a sentence for the person at the terminal */
export function planOf(args: readonly string[]): StartPlan | null {
  const { values } = parseArgs({
    args: [...args],
    options: {
      "no-demo": { type: "boolean" },
      only: { type: "string" },
      workers: { type: "string" },
      help: { type: "boolean" },
    },
  });
  if (values.help) return null;
  const { only } = values;
  const demo = !values["no-demo"];
  if (only !== undefined && only !== "web" && only !== "worker")
    throw new Error("--only is followed by web or worker.");
  if (only !== undefined && demo) throw new Error("--only goes with --no-demo: a demo is on one machine.");
  if (only === "web" && values.workers !== undefined)
    throw new Error("--workers does not go with --only web.");
  const workers = values.workers === undefined ? 1 : Number(values.workers);
  if (!Number.isInteger(workers) || workers < 1 || workers > mostWorkers)
    throw new Error(`--workers is followed by a number from 1 to ${mostWorkers}.`);
  return { demo, web: only !== "worker", workers: only === "web" ? 0 : workers };
}

/** A machine that runs a part only shares the database and the keys with others. @throws ConfigError */
export function checkShared({ web, workers }: StartPlan, config: Config): void {
  if (web && workers > 0) return;
  const missing = [
    ...(config.databaseUrl === undefined ? ["DATABASE_URL"] : []),
    ...(config.encryptionKey === undefined ? ["ENCRYPTION_KEY"] : []),
    ...(config.authSecret === undefined ? ["AUTH_SECRET"] : []),
    ...(config.publicUrlGiven ? [] : ["PUBLIC_URL"]),
  ];
  if (missing.length === 0) return;
  throw new ConfigError(
    `--only is for an installation on several machines. Set ${missing.join(", ")} to the same on each of them.`,
  );
}
