import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { HttpError, readBody, replyJson } from "../http";
import type { Simulator } from "../simulator";
import { idText, isObject, readJson, writeJson, type JsonObject } from "../venue/json";
import { methodOf, saveMethods, type ApiMethod } from "./api-path";
import type { Refusal } from "./call-log";
import { tokenRefusal } from "./check-token";
import { BusinessError, failure, success } from "./envelope";
import { services } from "./services";
import { issueToken } from "./token-endpoint";

type Call = {
  method: ApiMethod | "unknown";
  contactNumber: string | null;
  orderId: string | null;
  refusal: Refusal | null;
  outcome: string;
};

/** Answered with a status and a text, and counted among the refused calls when it says why. */
class Refused extends HttpError {
  constructor(
    readonly by: Refusal | null,
    status: number,
    message: string,
  ) {
    super(status, message);
  }
}

/** The connection is broken instead of an answer. */
class HungUp extends Error {}

/**
 * Answers a call of S-360's API (`/tnco/…`, `/tnai/…`): JSON with HTTP 200 for what was done and for business errors,
 * a short text with another status for everything else. Every call is logged by method, number and outcome.
 */
export async function answerApi(
  simulator: Simulator,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  response.setHeader("date", simulator.now().toUTCString());
  const call: Call = {
    method: "unknown",
    contactNumber: null,
    orderId: null,
    refusal: null,
    outcome: "success",
  };
  const at = simulator.now().toISOString();
  const note = (status: number | null) => {
    const { method, contactNumber, orderId, outcome, refusal } = call;
    simulator.noteCall({ at, method, contactNumber, orderId, status, outcome }, refusal);
  };
  try {
    const answer = await serve(simulator, request, url, call);
    note(200);
    replyJson(response, 200, writeJson(answer));
  } catch (error) {
    call.outcome = error instanceof Error ? error.message : String(error);
    if (error instanceof HungUp) {
      note(null);
      request.socket.destroy();
      return;
    }
    if (error instanceof Refused) call.refusal = error.by;
    else if (error instanceof HttpError) call.refusal = "request";
    else simulator.log(`An API call failed: ${call.outcome}`);
    const status = error instanceof HttpError ? error.status : 500;
    note(status);
    replyText(response, status, call.outcome);
  }
}

async function serve(
  simulator: Simulator,
  request: IncomingMessage,
  url: URL,
  call: Call,
): Promise<JsonObject> {
  const method = methodOf(url.pathname);
  call.method = method;
  const { api, settings } = simulator;
  if (api.faults.take("broken-before", method))
    throw new HungUp("connection broken before anything was done");
  takeFromLimits(simulator);
  checkForm(request);
  const ordered = api.faults.take("status", method);
  if (ordered !== undefined) throw new Refused(null, ordered.status, ordered.text);
  if (method !== "auth") checkToken(simulator, request);
  const slow = api.faults.take("slow", method);
  if (slow !== undefined) await waitOrHangUp(slow.ms, api.stopped);
  const body = readObject(await readBody(request));
  const requestId = readRequestId(simulator, body);
  if (method === "auth") {
    const issued = issueToken(body, simulator.institution, settings.api, simulator.now());
    if (issued === null) throw new Refused("token", 401, "Unknown operator, partner or secret.");
    return issued;
  }
  call.contactNumber = idText(body.contactNumber);
  call.orderId = method === "getOrderDetails" ? idText(body.orderId) : null;
  try {
    const payload = services[method](simulator, body);
    if (method !== "getOrderDetails") call.contactNumber = idText(payload.contactNumber);
    const save = saveMethods.find((each) => each === method);
    if (save !== undefined && api.faults.take("lost-answer", save)) throw new HungUp("done, answer lost");
    return success(requestId, payload);
  } catch (error) {
    if (!(error instanceof BusinessError)) throw error;
    call.outcome = error.code;
    return failure(requestId, error);
  }
}

function takeFromLimits(simulator: Simulator): void {
  const { callsPerMinute, callsPerMonth, overLimitStatus } = simulator.settings.api;
  const over = simulator.api.limits.take(new Date(), { callsPerMinute, callsPerMonth });
  if (over === "minute")
    throw new Refused(over, overLimitStatus, `Over the limit of ${callsPerMinute} calls a minute.`);
  if (over === "month")
    throw new Refused(over, 509, `The monthly quota of ${callsPerMonth} calls is used up.`);
}

function checkForm(request: IncomingMessage): void {
  if (request.method !== "POST") throw new HttpError(405, "Only POST is allowed.");
  const [type = ""] = (request.headers["content-type"] ?? "").split(";");
  if (type.trim().toLowerCase() !== "application/json")
    throw new HttpError(415, "The content type must be application/json.");
}

function checkToken(simulator: Simulator, request: IncomingMessage): void {
  const { authorization } = request.headers;
  const why = tokenRefusal(authorization, simulator.institution, simulator.settings.api, simulator.now());
  if (why !== null) throw new Refused("token", 401, `Token refused: ${why}.`);
}

function readObject(text: string): JsonObject {
  try {
    const body = readJson(text);
    if (isObject(body)) return body;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new HttpError(400, "The body is not a JSON object.");
}

function readRequestId(simulator: Simulator, { requestId }: JsonObject): number {
  if (requestId === undefined || requestId === null) return simulator.api.log.counts().total + 1;
  if (typeof requestId === "number" && Number.isInteger(requestId)) return requestId;
  throw new HttpError(400, "requestId is not an integer.");
}

async function waitOrHangUp(ms: number, stopped: AbortSignal): Promise<void> {
  try {
    await wait(ms, undefined, { signal: stopped, ref: false });
  } catch (error) {
    throw stopped.aborted ? new HungUp("stopped while it waited") : error;
  }
}

function replyText(response: ServerResponse, status: number, text: string): void {
  const headers: Record<string, string> = { "content-type": "text/plain; charset=utf-8" };
  if (status === 401) headers["www-authenticate"] = "Bearer";
  if (status === 405) headers.allow = "POST";
  response.writeHead(status, headers).end(`${text}\n`);
}
