import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import { HttpError, readBody, replyJson } from "../http";
import type { Simulator } from "../simulator";
import { readJson, writeJson, type Json } from "../venue/json";
import { streams, type Stream } from "../venue/venue";
import { anonymise, merge, rotateSecret } from "./operator";
import { callOffFaults, orderFaults } from "./order-faults";
import { parse } from "./parse";
import { stateOf } from "./state";

const stream = z.enum(["contacts", "orders"]);
const runRequest = z.strictObject({ stream: stream.optional() });
const flagRequest = z.strictObject({ stream: stream.optional(), keys: z.array(z.string()).optional() });

type Route = (simulator: Simulator, url: URL, body: () => Promise<Json>) => Json | Promise<Json>;

const routes: Record<string, Route> = {
  "GET state": (simulator) => stateOf(simulator),
  "GET deliveries": (simulator, url) => {
    const asked = stream.optional().safeParse(url.searchParams.get("stream") ?? undefined);
    if (!asked.success) throw new HttpError(400, "stream is contacts or orders.");
    return simulator.deliveries.latest(limitOf(url), asked.data, url.searchParams.get("key") ?? undefined);
  },
  "GET calls": (simulator, url) => {
    const asked = (name: string) => url.searchParams.get(name) ?? undefined;
    return simulator.api.log.latest(limitOf(url), asked("method"), asked("key"));
  },
  "GET contacts": (simulator, url) => one(simulator, "contacts", url),
  "GET orders": (simulator, url) => one(simulator, "orders", url),
  "POST contacts": async (simulator, _url, body) => put(simulator, "contacts", await body()),
  "POST orders": async (simulator, _url, body) => put(simulator, "orders", await body()),
  "POST run": async (simulator, _url, body) => {
    const { stream: only } = parse(runRequest, await body());
    return simulator.run(only);
  },
  "POST settings": async (simulator, _url, body) => {
    simulator.change(await body());
    return stateOf(simulator);
  },
  "POST faults": async (simulator, _url, body) => orderFaults(simulator, await body()),
  "DELETE faults": (simulator) => callOffFaults(simulator),
  "POST anonymise": async (simulator, _url, body) => anonymise(simulator, await body()),
  "POST merge": async (simulator, _url, body) => merge(simulator, await body()),
  "POST rotate-secret": async (simulator, _url, body) => rotateSecret(simulator, await body()),
  "POST flag": async (simulator, _url, body) => flag(simulator, parse(flagRequest, await body())),
  "POST reset": async (simulator) => {
    await simulator.reset();
    return stateOf(simulator);
  },
};

/** Answers `/__control/<word>`: what a test or an operator asks of the simulator itself, not of S-360. */
export async function control(
  simulator: Simulator,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
) {
  const word = url.pathname.replace(/^\/__control\//, "");
  const route = routes[`${request.method} ${word}`];
  if (route === undefined) {
    const known = Object.keys(routes).map((key) => key.replace(" ", " /__control/"));
    throw new HttpError(404, `Unknown here: ${request.method} ${url.pathname}. Known: ${known.join(", ")}.`);
  }
  const answer = await route(simulator, url, async () => requestJson(await readBody(request)));
  replyJson(response, 200, writeJson(answer, 2));
}

function requestJson(text: string): Json {
  if (text.trim() === "") return {};
  try {
    return readJson(text);
  } catch (error) {
    throw new HttpError(400, `Not JSON: ${error instanceof Error ? error.message : error}`);
  }
}

function limitOf(url: URL): number {
  return Math.min(5000, Math.max(1, Number(url.searchParams.get("limit") ?? 200) || 200));
}

function put(simulator: Simulator, into: Stream, body: Json): Json {
  return { queued: simulator.putAll(into, Array.isArray(body) ? body : [body]) };
}

function one(simulator: Simulator, from: Stream, url: URL): Json {
  const key = url.searchParams.get("key");
  if (key === null) return [...simulator.venue[from].keys()];
  return simulator.venue.body(from, key);
}

/** The documented first load: everything, or the given numbers, is flagged as changed and flows through the queue. */
function flag(simulator: Simulator, asked: z.infer<typeof flagRequest>): Json {
  const queued: Record<string, number> = {};
  for (const into of streams.filter((each) => asked.stream === undefined || each === asked.stream)) {
    const keys = (asked.keys ?? [...simulator.venue[into].keys()]).filter((key) =>
      simulator.venue[into].has(key),
    );
    simulator.queue(into, keys);
    queued[into] = keys.length;
  }
  return { queued };
}
