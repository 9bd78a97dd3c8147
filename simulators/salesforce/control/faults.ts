import { ControlError } from "./errors";
import { objectNamed } from "./find-object";
import {
  optionalText,
  refuseOtherNames,
  textOf,
  wholeNumber,
  type ControlRequest,
  type ControlRoute,
} from "./request";
import type { Fault } from "../org/faults";

const MAX_COUNT = 1_000_000_000;
const MAX_MS = 24 * 3_600_000;

/** What each kind takes besides `kind`. */
const TAKEN: Readonly<Record<string, readonly string[]>> = {
  status: ["status", "times", "match", "code", "message", "probability"],
  "limit-exceeded": ["times", "match"],
  "drop-before-write": ["times", "match"],
  "drop-after-write": ["times", "match", "after"],
  hang: ["ms", "times", "match"],
  "row-lock": ["object", "times", "key"],
  "apex-limit": ["object", "times", "rowsOver"],
  "bulk-slow": ["ms", "times", "object"],
  "bulk-fail": ["message", "afterRows", "times", "object"],
  latency: ["ms"],
  "expire-sessions": [],
  "expire-cursors": [],
};

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
  const taken = Object.hasOwn(TAKEN, kind) ? TAKEN[kind] : undefined;
  if (!taken) throw new ControlError(`"kind" must be one of ${Object.keys(TAKEN).join(", ")}.`);
  refuseOtherNames(body, ["kind", ...taken]);
  if (body.object !== undefined) objectNamed(org, textOf(body, "object"));
  if (kind === "expire-sessions") return { expired: org.sessions.expireAll() };
  if (kind === "expire-cursors") return { expired: org.cursors.expireAll() };
  if (kind === "latency") {
    org.faults.latencyMs = durationMs(body);
    return list(request);
  }
  org.faults.add(readFault(kind, body));
  return list(request);
}

function readFault(kind: string, body: ControlRequest["body"]): Fault {
  const times = wholeNumber(body, "times", 1, MAX_COUNT, 1);
  const match = optionalText(body, "match");
  switch (kind) {
    case "status":
      return {
        kind,
        status: wholeNumber(body, "status", 400, 599),
        times,
        match,
        code: optionalText(body, "code"),
        message: optionalText(body, "message"),
        probability: optionalProbability(body),
      };
    case "limit-exceeded":
    case "drop-before-write":
      return { kind, times, match };
    case "drop-after-write":
      return { kind, times, match, after: wholeNumber(body, "after", 0, MAX_COUNT, 0) };
    case "hang":
      return { kind, ms: durationMs(body), times, match };
    case "row-lock":
      return { kind, object: textOf(body, "object"), times, key: optionalText(body, "key") };
    case "apex-limit":
      return {
        kind,
        object: textOf(body, "object"),
        times,
        rowsOver: wholeNumber(body, "rowsOver", 0, MAX_COUNT, 0),
      };
    case "bulk-slow":
      return { kind, ms: durationMs(body), times, object: optionalText(body, "object") };
    case "bulk-fail":
      return {
        kind,
        message: textOf(body, "message"),
        afterRows: wholeNumber(body, "afterRows", 0, MAX_COUNT, 0),
        times,
        object: optionalText(body, "object"),
      };
    default:
      throw new ControlError(`"${kind}" is no fault.`);
  }
}

/** Milliseconds to wait, a day at most. */
function durationMs(body: ControlRequest["body"]): number {
  return wholeNumber(body, "ms", 0, MAX_MS);
}

function optionalProbability({ probability }: ControlRequest["body"]): number | undefined {
  if (probability === undefined) return undefined;
  if (typeof probability === "number" && probability >= 0 && probability <= 1) return probability;
  throw new ControlError('"probability" must be a number from 0 to 1.');
}
