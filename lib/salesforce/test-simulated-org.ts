/** The simulated org for tests, with the few things a test orders of it. */
import { startSalesforceSimulator, type SimulatorOptions } from "@/simulators/salesforce/server";
import type { SalesforceConfig } from "./config";

export interface SimulatedOrg {
  readonly url: string;
  readonly config: SalesforceConfig;
  /** As the org keeps them, by any field. */
  records(object: string): Promise<readonly Record<string, unknown>[]>;
  order(path: string, body: unknown): Promise<void>;
  /** API calls counted against the org's allowance since the start. */
  apiCalls(): Promise<number>;
  close(): Promise<void>;
}

export async function startSimulatedOrg(options: SimulatorOptions = {}): Promise<SimulatedOrg> {
  const running = await startSalesforceSimulator(options);
  const control = async (path: string, body?: unknown): Promise<unknown> => {
    const init = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
    const response = await fetch(`${running.url}/__control${path}`, init);
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response.status === 204 ? null : response.json();
  };
  return {
    url: running.url,
    config: {
      loginUrl: running.url,
      apiVersion: "62.0",
      signIn: { flow: "client-credentials", clientId: "demo-client", clientSecret: "demo-secret" },
      takeToken: async () => undefined,
      timeoutMs: 10_000,
    },
    records: async (object) => {
      const answer = (await control(`/records?object=${object}`)) as { records: Record<string, unknown>[] };
      return answer.records;
    },
    order: async (path, body) => {
      await control(path, body);
    },
    apiCalls: async () => ((await control("/stats")) as { apiCalls: number }).apiCalls,
    close: () => running.close(),
  };
}
