import type { Config } from "@/lib/platform/config";

/**
 * Called at every start of the demo, when the database is migrated and the simulated Salesforce org answers on
 * `config.salesforceSimulatorPort`; the simulated venue is started after it.
 */
export async function prepareDemo(config: Config): Promise<void> {
  void config;
}
