import { keyRing } from "@/lib/connections/cipher";
import { acceptsWebhook, loadConnection, type Connection } from "@/lib/connections/load";
import type { InboundItem } from "@/lib/core/inbound";
import type { Stream } from "@/lib/core/words";
import { receive } from "@/lib/inbox/receive";
import { noteRefusal } from "@/lib/inbox/refused-calls";
import { isDatabaseAway } from "@/lib/platform/db";
import { describeError } from "@/lib/platform/log";
import { BodyTooLargeError, readBody } from "@/lib/platform/read-body";
import { webRuntime } from "@/lib/platform/runtime";
import { UnreadableBodyError } from "@/lib/s360/inbound";
import { portray } from "@/lib/s360/portrait";
import { refusal, WebhookRefusal } from "./refusal";

interface Webhook {
  readonly name: "contacts" | "orders";
  readonly stream: Stream;
  readonly read: (text: string) => InboundItem[];
}

/** What was learnt of a call before it was refused. */
interface Seen {
  connection?: Connection;
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
  try {
    const receipt = await store(request, institution, webhook, seen);
    log.info({ institution, stream: webhook.stream, ...receipt }, "received");
    return Response.json({ received: receipt.items });
  } catch (error) {
    const { status, detail } = refusalOf(error);
    if (status === 500)
      log.error({ institution, stream: webhook.stream, err: describeError(error) }, "webhook broke");
    else log.warn({ institution, stream: webhook.stream, status }, "refused a webhook call");
    await noteRefusal(config.dataFolder, {
      institution,
      stream: webhook.stream,
      status,
      reason: detail,
      bodyText: seen.text,
      scheduleMinutes: seen.connection?.settings.s360.scheduleMinutes,
    });
    return refusal(status, detail);
  }
}

async function store(request: Request, institution: string, webhook: Webhook, seen: Seen) {
  const { db, config, secrets } = webRuntime();
  const connection = await loadConnection(db, institution);
  if (!connection) {
    throw new WebhookRefusal(404, `No connection has the institution code "${institution.slice(0, 60)}".`);
  }
  seen.connection = connection;
  if (
    !(await acceptsWebhook(db, keyRing(secrets.encryptionKey), connection, webhook.name, request.headers))
  ) {
    throw new WebhookRefusal(
      401,
      "The credentials are missing or wrong. Compare them with the webhook's settings in S-360.",
    );
  }
  const type = request.headers.get("content-type") ?? "";
  if (notJson.test(type)) throw new WebhookRefusal(415, `The body must be JSON, not ${type.split(";")[0]}.`);
  seen.text = await readBody(request, config.maxBodyBytes);
  const items = webhook.read(seen.text);
  return receive(db, {
    connectionId: connection.id,
    stream: webhook.stream,
    direction: "in",
    items,
    portray,
  });
}

function refusalOf(error: unknown): { status: number; detail: string } {
  if (error instanceof WebhookRefusal) return { status: error.status, detail: error.message };
  if (error instanceof UnreadableBodyError) return { status: 400, detail: error.message };
  if (error instanceof BodyTooLargeError) {
    return {
      status: 413,
      detail: `The body is larger than ${webRuntime().config.maxBodyBytes / 1024 / 1024} MB. Lower the bucket size in S-360, or raise MAX_BODY_MB.`,
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
