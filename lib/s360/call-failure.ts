/** What it means when no complete answer came: the way there, the time, and what the call may have done meanwhile. */
import { FaultError } from "@/lib/core/faults";
import { ExchangeBroken, ExchangeTimeout, ExchangeUnsent } from "./exchange";

/** What a call changes in S-360: after a lost answer a second `create` would make a twin. */
export type Effect = "none" | "update" | "create";

/** Turns what the exchange threw into a FaultError; anything else comes back as it is. */
export function callFailure(error: unknown, address: string, effect: Effect): unknown {
  if (error instanceof ExchangeUnsent) {
    return new FaultError({
      code: "s360_unreachable",
      sentence:
        error.sentence ??
        `S-360 could not be reached at ${new URL(address).host} (${error.reason}). Check the S-360 address of the connection, the network, the proxy and the certificate.`,
      origin: { code: error.reason, message: "" },
    });
  }
  if (error instanceof ExchangeTimeout) {
    const seconds = Math.max(1, Math.round(error.timeoutMs / 1000));
    const origin = { code: "TIMEOUT", message: `${error.timeoutMs} ms` };
    if (effect !== "none") return answerLost(`S-360 did not answer within ${seconds} s.`, origin);
    return unavailable(`S-360 did not answer within ${seconds} s.`, origin);
  }
  if (error instanceof ExchangeBroken) {
    const origin = { code: error.reason, message: "" };
    const what = `The connection to S-360 broke before the answer was complete (${error.reason}).`;
    return effect === "none" ? unavailable(what, origin) : answerLost(what, origin);
  }
  return error;
}

interface Origin {
  readonly code: string;
  readonly message: string;
}

export function answerLost(what: string, origin: Origin): FaultError {
  return new FaultError({
    code: "answer_lost",
    sentence: `${what} The change may have arrived: the connector looks at the contact in S-360 before it writes again.`,
    origin,
  });
}

export function unavailable(what: string, origin: Origin): FaultError {
  return new FaultError({
    code: "s360_unavailable",
    sentence: `${what} The connector waits and tries again by itself.`,
    origin,
  });
}
