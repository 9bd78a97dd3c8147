/** The simulated org for tests, with the few things a test orders of it. */
import { startSalesforceSimulator, type SimulatorOptions } from "@/simulators/salesforce/server";
import type { SalesforceConfig } from "./config";

export interface SimulatedOrg {
  readonly url: string;
  readonly config: SalesforceConfig;
  /** As the org keeps them, by any field. */
  records(object: string): Promise<readonly Record<string, unknown>[]>;
  order(path: string, body: unknown): Promise<void>;
  /** Saved by a person, new ones and those with Id; gives their ids. Throws where one is refused. */
  save(object: string, ...records: readonly Record<string, unknown>[]): Promise<string[]>;
  /** Deleted by a person. */
  remove(object: string, id: string): Promise<void>;
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
    save: async (object, ...records) => {
      const answer = (await control("/records", { object, records })) as { results: { id?: string }[] };
      return answer.results.map((result) => {
        if (!result.id) throw new Error(JSON.stringify(result));
        return result.id;
      });
    },
    remove: async (object, id) => {
      const address = `${running.url}/__control/records?object=${object}&id=${id}`;
      const result = (await (await fetch(address, { method: "DELETE" })).json()) as { success?: boolean };
      if (!result.success) throw new Error(JSON.stringify(result));
    },
    apiCalls: async () => ((await control("/stats")) as { apiCalls: number }).apiCalls,
    close: () => running.close(),
  };
}
