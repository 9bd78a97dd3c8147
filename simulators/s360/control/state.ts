import type { Simulator } from "../simulator";
import type { JsonObject } from "../venue/json";
import type { Stream } from "../venue/venue";
import { apiState } from "./api-state";
import { waitingFaults } from "./order-faults";

/** Everything `GET /__control/state` tells. Credentials are named by their kind only. */
export function stateOf(simulator: Simulator): JsonObject {
  const { pushTo, trickleSeconds } = simulator.settings;
  return {
    institution: simulator.institution,
    pushTo,
    trickleSeconds,
    counts: simulator.venue.counts(),
    webhooks: { contacts: webhookState(simulator, "contacts"), orders: webhookState(simulator, "orders") },
    api: apiState(simulator),
    faults: waitingFaults(simulator),
    abandoned: [...simulator.deliveries.abandoned],
    deliveries: simulator.deliveries.latest(50),
  };
}

function webhookState(simulator: Simulator, stream: Stream): JsonObject {
  const { queue, runs, busy } = simulator.webhooks[stream];
  const { auth, ...settings } = simulator.settings[stream];
  const waiting = queue.waitingBuckets();
  return {
    settings: { ...settings, auth: auth.split(":")[0] ?? auth },
    queued: queue.changedCount() + waiting.reduce((sum, bucket) => sum + bucket.keys.length, 0),
    changed: queue.changedCount(),
    toSendAgain: waiting.map((bucket) => ({ ...bucket })),
    running: busy,
    nextRunAt: simulator.schedules[stream].nextRunAt?.toISOString() ?? null,
    lastRuns: runs.slice(-20).reverse(),
  };
}
