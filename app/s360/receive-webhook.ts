import { keyRing } from "@/lib/connections/cipher";
import { forgetDoor, knock, type Knock } from "@/lib/connections/door";
import type { Stream } from "@/lib/core/words";
import { keepPayload } from "@/lib/inbox/keep-payload";
import { noteRefusal, type Refusal } from "@/lib/inbox/refused-calls";
import { isDatabaseAway, isDatabaseBusy, sqlState } from "@/lib/platform/db";
import { describeError } from "@/lib/platform/log";
import { BodyBrokenOffError, BodyTooLargeError, readBody } from "@/lib/platform/read-body";
import { ofProcess } from "@/lib/platform/of-process";
import { answerWithinMs, webRuntime } from "@/lib/platform/runtime";
import { sharedTime, TooLateError } from "@/lib/platform/shared-time";
import { countItems, TooManyItemsError, UnreadableBodyError } from "@/lib/s360/inbound";
import { bodyFromAddress, namesNothing } from "./named-in-address";
import { printable } from "./printable";
import { brokeInside, refusal, WebhookRefusal } from "./refusal";

interface Webhook {
  readonly name: "contacts" | "orders";
  readonly stream: Stream;
}

/** What was learnt of a call before it was refused. */
interface Seen {
  text?: string;
}

/** Forms, multipart and binary types are refused; anything else may be JSON and is read as such. */
const notJson =
  /^\s*(application\/(x-www-form-urlencoded|octet-stream|pdf|zip|gzip|x-[\w-]*compressed)|(multipart|image|audio|video|font)\/)/i;

/** Answers one webhook call. 200 only after everything it brought is committed; the answer's body is for people. */
export async function receiveWebhook(
  request: Request,
  institution: string,
  webhook: Webhook,
): Promise<Response> {
  const { config, log } = webRuntime();
  const seen: Seen = {};
  const name = printable(institution);
  try {
    const items = await keep(request, institution, webhook, seen);
    log.info({ institution: name, stream: webhook.stream, items }, "received");
    // A proxy on the way must not answer the next GET of the same number by itself.
    return Response.json({ received: items }, { headers: { "cache-control": "no-store" } });
  } catch (error) {
    const { status, detail } = refusalOf(error);
    const { stream } = webhook;
    if (status === 500) log.error({ institution: name, stream, err: describeError(error) }, "webhook broke");
    else log.warn({ institution: name, stream, status }, "refused a webhook call");
    await note(config.dataFolder, { institution: name, stream, status, reason: detail, bodyText: seen.text });
    return refusal(status, detail);
  }
}

/** How often S-360 tries again, as last known: asked for when the database cannot tell. */
const scheduleMinutes = ofProcess("schedule minutes", () => new Map<string, number>());

/** The answer is never lost over the note of it. */
async function note(dataFolder: string, given: Refusal): Promise<void> {
  try {
    await noteRefusal(dataFolder, { ...given, scheduleMinutes: scheduleMinutes.get(given.institution) });
  } catch (error) {
    webRuntime().log.error({ err: describeError(error) }, "a refused call could not be noted");
  }
}

interface Knocking {
  readonly seen: Seen;
  readonly keyInAddress: string | null;
  /** What is left of the time for the database. */
  readonly within: ReturnType<typeof sharedTime>;
}

/** While the database is away the body is read all the same, to tell tries of one payload apart. */
async function knockAt(
  webhook: Webhook["name"],
  request: Request,
  institution: string,
  { seen, keyInAddress, within }: Knocking,
): Promise<Knock> {
  const { door, config, secrets } = webRuntime();
  try {
    const keys = keyRing(secrets.encryptionKey);
    const shown = { headers: request.headers, keyInAddress };
    const knocked = await within(knock({ db: door, keys }, institution, webhook, shown));
    if (knocked) return admitted(knocked, institution);
  } catch (error) {
    if (isDatabaseAway(error)) seen.text ??= await readBody(request, config.maxBodyBytes);
    throw error;
  }
  throw new WebhookRefusal(404, `No connection has the institution code "${printable(institution)}".`);
}

function admitted(knocked: Knock, institution: string): Knock {
  scheduleMinutes.set(institution, knocked.scheduleMinutes);
  if (knocked.isOpen) return knocked;
  throw new WebhookRefusal(
    401,
    "The credentials are missing or wrong. Compare them with the webhook's settings in S-360.",
  );
}

const foreignKeyViolation = "23503";

/** Returns how many items the call brought. */
async function keep(
  request: Request,
  institution: string,
  { name, stream }: Webhook,
  seen: Seen,
): Promise<number> {
  const { door, config } = webRuntime();
  const address = new URL(request.url);
  const named = bodyFromAddress(address, name);
  if (typeof named === "string") seen.text = named;
  const keyInAddress = named === null ? null : address.searchParams.get("key");
  const within = sharedTime(answerWithinMs);
  const knockOnce = () => knockAt(name, request, institution, { seen, keyInAddress, within });
  const { connectionId } = await knockOnce();
  if (named instanceof WebhookRefusal) throw named;
  const body = named ?? (await readItems(request, name, config.maxBodyBytes));
  seen.text = body;
  const items = countItems(body);
  if (items === 0) return 0;
  const keepFor = (id: number) => within(keepPayload(door, { connectionId: id, stream, body, items }));
  try {
    await keepFor(connectionId);
  } catch (error) {
    if (sqlState(error) !== foreignKeyViolation) throw error;
    // The connection was deleted a moment ago: it is known no more, or under another number.
    forgetDoor(door, institution, name);
    await keepFor((await knockOnce()).connectionId);
  }
  return items;
}

async function readItems(request: Request, name: Webhook["name"], maxBytes: number): Promise<string> {
  if (request.method === "GET") throw namesNothing(name);
  const type = request.headers.get("content-type") ?? "";
  const encoding = request.headers.get("content-encoding") ?? "identity";
  if (encoding !== "identity") {
    throw new WebhookRefusal(415, `The body must not be compressed (content-encoding ${encoding}).`);
  }
  if (notJson.test(type)) throw new WebhookRefusal(415, `The body must be JSON, not ${type.split(";")[0]}.`);
  return readBody(request, maxBytes);
}

function refusalOf(error: unknown): { status: number; detail: string } {
  if (error instanceof WebhookRefusal) return { status: error.status, detail: error.message };
  if (error instanceof UnreadableBodyError) return { status: 400, detail: error.message };
  if (error instanceof TooManyItemsError) return { status: 413, detail: error.message };
  if (error instanceof BodyTooLargeError) {
    return {
      status: 413,
      detail: `The body is larger than ${webRuntime().config.maxBodyBytes / 1024 / 1024} MB. Lower the bucket size in S-360, or raise MAX_BODY_MB.`,
    };
  }
  if (error instanceof BodyBrokenOffError) {
    return {
      status: 400,
      detail: "The call broke off before its body was whole; nothing was stored. Send the payload again.",
    };
  }
  if (isDatabaseBusy(error)) {
    return {
      status: 503,
      detail:
        "No connection to the connector's database became free in time: it is busy, or does not answer; nothing was stored. Send the payload again.",
    };
  }
  // What was asked in vain may still be done: S-360 sends the payload again, which changes nothing then.
  if (error instanceof TooLateError) {
    return {
      status: 503,
      detail: "The connector's database did not answer in time. Send the payload again.",
    };
  }
  if (isDatabaseAway(error)) {
    return {
      status: 503,
      detail: "The connector's database is away; nothing was stored. Send the payload again.",
    };
  }
  return brokeInside;
}
