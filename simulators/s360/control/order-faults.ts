import { z } from "zod";
import { apiFaultKinds, apiFaultSchema } from "../api/api-faults";
import type { Simulator } from "../simulator";
import type { Json } from "../venue/json";
import { faultKinds, faultSchema } from "../webhook/faults";
import { parse } from "./parse";

const anyKind = z.looseObject({ kind: z.enum([...faultKinds, ...apiFaultKinds]) });

/** Orders one fault or a list of them, of the webhooks and of the API side: all or, when one is wrong, none. */
export function orderFaults(simulator: Simulator, sent: Json): Json {
  const orders = (Array.isArray(sent) ? sent : [sent]).map((fault) => {
    const { kind } = parse(anyKind, fault);
    if (apiFaultKinds.some((each) => each === kind)) {
      const ordered = parse(apiFaultSchema, fault);
      return () => simulator.api.faults.add(ordered);
    }
    const ordered = parse(faultSchema, fault);
    return () => simulator.faults.add(ordered);
  });
  for (const order of orders) order();
  return { faults: waitingFaults(simulator) };
}

/** Calls off every fault that still waits. */
export function callOffFaults(simulator: Simulator): Json {
  simulator.faults.clear();
  simulator.api.faults.clear();
  return { faults: [] };
}

export function waitingFaults(simulator: Simulator): Json[] {
  return [...simulator.faults.list(), ...simulator.api.faults.list()];
}
