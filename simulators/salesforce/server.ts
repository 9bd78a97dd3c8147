import { setMaxListeners } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { isIPv6, type AddressInfo } from "node:net";
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
  /** `http://127.0.0.1:4610`, where this machine reaches it; also the org's My Domain and instance URL. */
  url: string;
  port: number;
  /** Stops listening, ends open connections, waits for calls under way, saves the state file. */
  close: () => Promise<void>;
}

const MAX_HEADER_BYTES = 128 * 1024;
/** Longer than clients keep an idle connection, so that none is closed under a request. */
const KEEP_ALIVE_MS = 65_000;
/** Addresses that stand for every address of the machine, to which nobody can connect as such. */
const LOOPBACK_OF = new Map([
  ["0.0.0.0", "127.0.0.1"],
  ["[::]", "[::1]"],
]);

/**
 * Starts a simulated Salesforce org.
 * @throws Error with code EADDRINUSE when the port is taken; when the state file cannot be read or written
 */
export async function startSalesforceSimulator(options: SimulatorOptions = {}): Promise<RunningSimulator> {
  const holder = new OrgHolder(resolveOptions(options));
  const stateFile = options.stateFile === undefined ? undefined : new StateFile(options.stateFile, holder);
  stateFile?.tryPath();
  stateFile?.load();
  stateFile?.watch();
  const closing = new AbortController();
  setMaxListeners(0, closing.signal);
  const host = options.host ?? "127.0.0.1";
  const handle = requestHandler(holder, closing.signal, host);
  const underWay = new Set<Promise<void>>();
  const server = createServer(
    { maxHeaderSize: MAX_HEADER_BYTES, keepAliveTimeout: KEEP_ALIVE_MS },
    (request, response) => {
      const call = handle(request, response)
        .catch((error: unknown) => {
          if (!closing.signal.aborted) failUnexpectedly(request, response, error);
        })
        .finally(() => underWay.delete(call));
      underWay.add(call);
    },
  );
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: announcedUrl(host, port),
    port,
    close: async () => {
      closing.abort();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
      await Promise.all(underWay);
      holder.close();
      stateFile?.close();
    },
  };
}

/**
 * The URL under which this machine reaches a server that listens on a host: IPv6 addresses in brackets (RFC 3986,
 * section 3.2.2), the loopback address where it listens on every address.
 */
export function announcedUrl(host: string, port: number): string {
  const name = isIPv6(host) ? `[${host}]` : host;
  return `http://${LOOPBACK_OF.get(name) ?? name}:${port}`;
}

function failUnexpectedly(request: IncomingMessage, response: ServerResponse, error: unknown): void {
  console.error("simulated Salesforce: a request failed unexpectedly:", error);
  if (request.socket.destroyed) return;
  if (!response.headersSent) response.writeHead(500, { "Content-Type": "application/json" });
  response.end(JSON.stringify([{ errorCode: "UNKNOWN_EXCEPTION", message: "An unexpected error occurred" }]));
}
