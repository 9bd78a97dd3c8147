import { join } from "node:path";
import { childEnvironment, type Config, type Environment } from "@/lib/platform/config";
import { BUNDLES } from "./build";
import type { StartPlan } from "./plan";
import type { Program } from "./supervised";

/** Where a process on this machine reaches the app, whatever name the world knows it by. */
export function localAddress({ host, port }: Pick<Config, "host" | "port">): string {
  const reachable = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host;
  return `http://${reachable.includes(":") ? `[${reachable}]` : reachable}:${port}`;
}

/** The processes of the product. `environment` carries the address of the database. */
export function productPrograms(
  { web: withWeb, workers }: StartPlan,
  environment: () => Environment,
): Program[] {
  const web: Program = {
    name: "web",
    args: ["--enable-source-maps", BUNDLES.web.output],
    environment,
    // Longer than it gives itself (lib/web/server.ts).
    graceMs: 28_000,
  };
  const worker = (nth: number): Program => ({
    name: nth === 0 ? "worker" : `worker-${nth + 1}`,
    args: ["--enable-source-maps", "--max-semi-space-size=16", BUNDLES.worker.output],
    environment,
    // Longer than a worker gives itself (lib/worker/main.ts).
    graceMs: 28_000,
  });
  return [...(withWeb ? [web] : []), ...Array.from({ length: workers }, (_, nth) => worker(nth))];
}

/** The two systems the demo plays; both keep their state in the data folder. */
export function simulatorPrograms(config: Config) {
  const state = (name: string) => join(config.dataFolder, `${name}-simulator.json`);
  const simulator = (name: string, bundle: string, args: string[]): Program => ({
    name,
    args: ["--enable-source-maps", bundle, ...args],
    environment: () => childEnvironment({}),
    graceMs: 3_000,
  });
  const salesforcePort = String(config.salesforceSimulatorPort);
  const s360Port = String(config.s360SimulatorPort);
  return {
    salesforce: simulator("salesforce", BUNDLES.salesforceSimulator.output, [
      ...["--port", salesforcePort, "--state", state("salesforce")],
    ]),
    s360: simulator("s-360", BUNDLES.s360Simulator.output, [
      ...["--demo", "--port", s360Port, "--push-to", localAddress(config), "--state", state("s-360")],
    ]),
  };
}
