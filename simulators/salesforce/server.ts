import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { requestHandler } from "./http/handler";
import { resolveOptions, type OrgOptions } from "./org/options";
import { OrgHolder } from "./org/org-holder";
import { StateFile } from "./org/state-file";

export interface SimulatorOptions extends OrgOptions {
  /** 0, the default, takes a free port. */
  port?: number;
  /** Default 127.0.0.1. */
  host?: string;
  /** JSON file that keeps the org over restarts. */
  stateFile?: string;
}

export interface RunningSimulator {
  /** `http://127.0.0.1:4610`, also the org's My Domain and instance URL. */
  url: string;
  port: number;
  /** Stops listening, ends open connections, saves the state file. */
  close: () => Promise<void>;
}

const MAX_HEADER_BYTES = 128 * 1024;
/** Longer than clients keep an idle connection, so that none is closed under a request. */
const KEEP_ALIVE_MS = 65_000;

/**
 * Starts a simulated Salesforce org.
 * @throws Error with code EADDRINUSE when the port is taken; when the state file cannot be read
 */
export async function startSalesforceSimulator(options: SimulatorOptions = {}): Promise<RunningSimulator> {
  const holder = new OrgHolder(resolveOptions(options));
  const stateFile = options.stateFile === undefined ? undefined : new StateFile(options.stateFile, holder);
  stateFile?.load();
  stateFile?.watch();
  const handle = requestHandler(holder);
  const server = createServer(
    { maxHeaderSize: MAX_HEADER_BYTES, keepAliveTimeout: KEEP_ALIVE_MS },
    (request, response) => {
      handle(request, response).catch((error: unknown) => {
        console.error("simulated Salesforce: a request failed unexpectedly:", error);
        if (!response.headersSent) response.writeHead(500, { "Content-Type": "application/json" });
        response.end(
          JSON.stringify([{ errorCode: "UNKNOWN_EXCEPTION", message: "An unexpected error occurred" }]),
        );
      });
    },
  );
  const host = options.host ?? "127.0.0.1";
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${host}:${port}`,
    port,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
      holder.org.jobs.stop();
      stateFile?.save();
    },
  };
}
