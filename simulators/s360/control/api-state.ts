import type { Simulator } from "../simulator";
import type { JsonObject } from "../venue/json";

/** The API side for `GET /__control/state`: settings without the secret, limits in use, calls by method, refusals. */
export function apiState(simulator: Simulator): JsonObject {
  const { secret: _never, ...settings } = simulator.settings.api;
  return {
    settings,
    now: simulator.now().toISOString(),
    limits: simulator.api.limits.use(new Date()),
    calls: simulator.api.log.counts(),
    lastCalls: simulator.api.log.latest(50),
  };
}
