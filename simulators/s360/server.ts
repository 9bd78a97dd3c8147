import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { answerApi } from "./api/answer";
import { isApiPath } from "./api/api-path";
import { control } from "./control/control";
import { HttpError, replyJson } from "./http";
import { pages } from "./pages/pages";
import { SettingsError } from "./settings";
import { Simulator, type SimulatorOptions } from "./simulator";
import { VenueError } from "./venue/venue";

export type S360SimulatorOptions = SimulatorOptions & {
  /** 0 takes a free port. Only this machine can connect. */
  port?: number;
};

export type S360Simulator = {
  url: string;
  port: number;
  /** The simulated institution itself, for tests in the same process. */
  simulator: Simulator;
  /** Stops the schedules and the server, and saves the state. */
  close(): Promise<void>;
};

/**
 * Starts a simulated S-360 institution on 127.0.0.1: pages at `/`, control at `/__control/…`, S-360's API at
 * `/tnco/…` and `/tnai/…`, webhooks pushed to `<settings.pushTo>/s360/{contacts,orders}/<institution>`. Rejects with the
 * system's error when the port is taken (`EADDRINUSE`), SettingsError for wrong settings, Error for a state file that
 * cannot be used.
 */
export async function startS360Simulator(options: S360SimulatorOptions = {}): Promise<S360Simulator> {
  const simulator = new Simulator(options);
  const server = createServer((request, response) => void answer(simulator, request, response));
  const port = await listen(server, options.port ?? 0);
  simulator.start();
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    simulator,
    async close() {
      await simulator.close();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(
  simulator: Simulator,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const url = new URL(request.url ?? "/", "http://simulator");
    refuseForeignForms(request);
    if (url.pathname.startsWith("/__control/")) await control(simulator, request, response, url);
    else if (isApiPath(url.pathname)) await answerApi(simulator, request, response, url);
    else await pages(simulator, request, response, url);
  } catch (error) {
    const status = statusOf(error);
    if (status === 500) simulator.log(`A request failed: ${error instanceof Error ? error.message : error}`);
    if (response.headersSent) response.destroy();
    else
      replyJson(
        response,
        status,
        JSON.stringify({ error: error instanceof Error ? error.message : String(error) }),
      );
  }
}

/** A page of another site must not change this one through the browser of the person who runs it. */
function refuseForeignForms(request: IncomingMessage): void {
  const { origin, host } = request.headers;
  if (request.method !== "POST" || origin === undefined) return;
  if (origin !== `http://${host}`)
    throw new HttpError(403, "Forms are accepted from this simulator's pages only.");
}

function statusOf(error: unknown): number {
  if (error instanceof HttpError) return error.status;
  return error instanceof SettingsError || error instanceof VenueError ? 400 : 500;
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : port);
    });
  });
}
