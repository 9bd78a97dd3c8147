import { keyRing } from "@/lib/connections/cipher";
import { knock, type Knock } from "@/lib/connections/door";
import type { Stream } from "@/lib/core/words";
import { keepPayload } from "@/lib/inbox/keep-payload";
import { noteRefusal, type Refusal } from "@/lib/inbox/refused-calls";
import { isDatabaseAway } from "@/lib/platform/db";
import { describeError } from "@/lib/platform/log";
import { BodyBrokenOffError, BodyTooLargeError, readBody } from "@/lib/platform/read-body";
import { webRuntime } from "@/lib/platform/runtime";
import { countItems, TooManyItemsError, UnreadableBodyError } from "@/lib/s360/inbound";
import { bodyFromAddress, namesNothing } from "./named-in-address";
import { refusal, WebhookRefusal } from "./refusal";

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

/** An institution as it may be logged and shown: whoever calls chooses it. */
function printable(institution: string): string {
  return institution.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, "\ufffd").slice(0, 60);
}

/** How often S-360 tries again, as last known: asked for when the database cannot tell. */
const scheduleMinutes = new Map<string, number>();

/** The answer is never lost over the note of it. */
async function note(dataFolder: string, given: Refusal): Promise<void> {
  try {
    await noteRefusal(dataFolder, { ...given, scheduleMinutes: scheduleMinutes.get(given.institution) });
  } catch (error) {
    webRuntime().log.error({ err: describeError(error) }, "a refused call could not be noted");
  }
}

/** While the database is away the body is read all the same, to tell tries of one payload apart. */
async function knockAt(
  webhook: Webhook["name"],
  request: Request,
  institution: string,
  { seen, keyInAddress }: { readonly seen: Seen; readonly keyInAddress: string | null },
): Promise<Knock> {
  const { door, config, secrets } = webRuntime();
  try {
    const keys = keyRing(secrets.encryptionKey);
    const knocked = await knock({ db: door, keys }, institution, webhook, {
      headers: request.headers,
      keyInAddress,
    });
    if (knocked) return knocked;
  } catch (error) {
    if (isDatabaseAway(error)) seen.text ??= await readBody(request, config.maxBodyBytes);
    throw error;
  }
  throw new WebhookRefusal(404, `No connection has the institution code "${printable(institution)}".`);
}

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
  const { connectionId, isOpen, ...knocked } = await knockAt(name, request, institution, {
    seen,
    keyInAddress,
  });
  scheduleMinutes.set(institution, knocked.scheduleMinutes);
  if (!isOpen) {
    throw new WebhookRefusal(
      401,
      "The credentials are missing or wrong. Compare them with the webhook's settings in S-360.",
    );
  }
  if (named instanceof WebhookRefusal) throw named;
  const body = named ?? (await readItems(request, name, config.maxBodyBytes));
  seen.text = body;
  const items = countItems(body);
  if (items > 0) await keepPayload(door, { connectionId, stream, body, items });
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
  if (isDatabaseAway(error))
    return {
      status: 503,
      detail: "The connector's database is away; nothing was stored. Send the payload again.",
    };
  return {
    status: 500,
    detail: "The connector met an error of its own; nothing was stored. Send the payload again.",
  };
}
