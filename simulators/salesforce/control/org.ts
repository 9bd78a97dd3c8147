import { ControlError } from "./errors";
import { readClient } from "./read-client";
import type { ControlRequest, ControlRoute } from "./request";
import type { OrgShape } from "../model/schema";

const SWITCHES = ["personAccounts", "secutixPackage", "multiCurrency", "stateCountryPicklists"] as const;

/** Reset, the org's shape, OAuth clients, calls and counts. */
export const orgRoutes: ControlRoute[] = [
  { method: "POST", path: "/reset", takes: [], handle: ({ holder }) => shown(holder.reset().shape) },
  { method: "GET", path: "/org", handle: ({ holder }) => shown(holder.org.shape) },
  { method: "POST", path: "/org", takes: ["prefix", ...SWITCHES], handle: reshape },
  { method: "POST", path: "/clients", handle: addClient },
  { method: "GET", path: "/calls", handle: calls },
  { method: "DELETE", path: "/calls", handle: clearCalls },
  { method: "GET", path: "/stats", handle: ({ holder }) => holder.org.stats.snapshot() },
];

/** Starts an empty org of the shape given; what is not given stays as it was. */
function reshape({ holder, body }: ControlRequest): unknown {
  if (Object.keys(body).length === 0) {
    throw new ControlError(
      "Say what is to change; an empty org of the same shape comes by POST /__control/reset.",
    );
  }
  const shape: Partial<OrgShape> = {};
  for (const name of SWITCHES) {
    const value = body[name];
    if (value === undefined) continue;
    if (typeof value !== "boolean") throw new ControlError(`"${name}" must be true or false.`);
    shape[name] = value;
  }
  if (body.prefix !== undefined) {
    if (typeof body.prefix !== "string" || !/^(?:[A-Za-z]\w*__)?$/.test(body.prefix)) {
      throw new ControlError(
        '"prefix" must be a namespace with two underscores, such as "secutix__", or empty.',
      );
    }
    shape.prefix = body.prefix;
  }
  return shown(holder.reset(shape).shape);
}

function shown(shape: OrgShape): unknown {
  return {
    personAccounts: shape.personAccounts,
    prefix: shape.prefix,
    secutixPackage: shape.secutixPackage,
    multiCurrency: shape.multiCurrency,
    stateCountryPicklists: shape.stateCountryPicklists,
  };
}

function addClient({ holder, body }: ControlRequest): unknown {
  const client = readClient(body);
  holder.org.clients.set(client.clientId, client);
  return { clientId: client.clientId, username: client.username };
}

/** Calls since the last reset; `?since=` leaves out those up to that sequence number. */
function calls({ holder, query }: ControlRequest): unknown {
  return { calls: holder.org.calls.since(Number(query.get("since") ?? 0)) };
}

function clearCalls({ holder }: ControlRequest): unknown {
  holder.org.calls.clear();
  return { calls: [] };
}
