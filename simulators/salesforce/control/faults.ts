import { ControlError } from "./errors";
import { numberOf, optionalText, textOf, type ControlRequest, type ControlRoute } from "./request";
import type { Fault } from "../org/faults";

/** `/__control/faults`: order trouble, see it, call it off. */
export const faultRoutes: ControlRoute[] = [
  { method: "GET", path: "/faults", handle: list },
  { method: "POST", path: "/faults", handle: add },
  { method: "DELETE", path: "/faults", handle: clear },
];

function list({ holder }: ControlRequest): unknown {
  return { faults: holder.org.faults.list(), latencyMs: holder.org.faults.latencyMs };
}

function clear({ holder }: ControlRequest): unknown {
  holder.org.faults.clear();
  return { faults: [] };
}

function add(request: ControlRequest): unknown {
  const { holder, body } = request;
  const { org } = holder;
  const kind = textOf(body, "kind");
  if (kind === "expire-sessions") return { expired: org.sessions.expireAll() };
  if (kind === "expire-cursors") return { expired: org.cursors.expireAll() };
  if (kind === "latency") {
    org.faults.latencyMs = numberOf(body, "ms");
    return list(request);
  }
  org.faults.add(readFault(kind, body));
  return list(request);
}

function readFault(kind: string, body: ControlRequest["body"]): Fault {
  const times = numberOf(body, "times", 1);
  const match = optionalText(body, "match");
  switch (kind) {
    case "status":
      return {
        kind,
        status: numberOf(body, "status"),
        times,
        match,
        code: optionalText(body, "code"),
        message: optionalText(body, "message"),
        probability: body.probability === undefined ? undefined : numberOf(body, "probability"),
      };
    case "limit-exceeded":
    case "drop-before-write":
    case "drop-after-write":
      return { kind, times, match };
    case "hang":
      return { kind, ms: numberOf(body, "ms"), times, match };
    case "row-lock":
      return { kind, object: textOf(body, "object"), times, key: optionalText(body, "key") };
    case "apex-limit":
      return { kind, object: textOf(body, "object"), times, rowsOver: numberOf(body, "rowsOver", 0) };
    case "bulk-slow":
      return { kind, ms: numberOf(body, "ms"), times, object: optionalText(body, "object") };
    case "bulk-fail":
      return {
        kind,
        message: textOf(body, "message"),
        afterRows: numberOf(body, "afterRows", 0),
        times,
        object: optionalText(body, "object"),
      };
    default:
      throw new ControlError(
        `"kind" must be one of status, limit-exceeded, drop-before-write, drop-after-write, hang, row-lock, apex-limit, bulk-slow, bulk-fail, latency, expire-sessions, expire-cursors.`,
      );
  }
}
