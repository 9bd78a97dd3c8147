import { z } from "zod";
import type { Stream } from "../venue/venue";

/** What a V1 webhook may have in its templates, spelled exactly so. */
const placeholders: Record<Stream, string> = { contacts: "${contactNumber}", orders: "${orderId}" };

/**
 * A V1 webhook: it tells a number and nothing else, by GET or POST, without authentication. The number takes the place of
 * the placeholder in the address, or with POST in a fixed JSON body instead.
 */
export function notificationSchema(stream: Stream) {
  const placeholder = placeholders[stream];
  return z
    .strictObject({
      method: z.enum(["GET", "POST"]),
      url: z.string().max(2000),
      body: z.string().max(2000).nullable().default(null),
    })
    .superRefine(({ method, url, body }, context) => {
      const problem = (path: string, message: string) =>
        context.addIssue({ code: "custom", path: [path], message });
      const filled = filledIn(placeholder, url, "1");
      if (!/^https?:/.test(filled) || !URL.canParse(filled)) problem("url", "is no http or https address");
      if (/[{}]/.test(filled)) problem("url", `has a placeholder other than ${placeholder}`);
      if (method === "GET" && body !== null) problem("body", "a GET has no body");
      if (method === "GET" && !url.includes(placeholder)) problem("url", `needs ${placeholder}`);
      if (method === "POST" && !url.includes(placeholder) && body?.includes(placeholder) !== true)
        problem("url", `${placeholder} must stand in the address or in the body`);
      if (body !== null && !isJson(filledIn(placeholder, body, "1"))) problem("body", "is not JSON");
    });
}

export type Notification = z.infer<ReturnType<typeof notificationSchema>>;

export type Call = { method: "GET" | "POST"; url: string; body: string | null };

/** The call that tells a number. */
export function callFor({ method, url, body }: Notification, stream: Stream, key: string): Call {
  const placeholder = placeholders[stream];
  return {
    method,
    url: filledIn(placeholder, url, encodeURIComponent(key)),
    body: body && filledIn(placeholder, body, JSON.stringify(key).slice(1, -1)),
  };
}

/** `GET <address>` or `POST <address> <JSON>`, as the command line has it. Throws Error with a sentence. */
export function parseNotification(text: string): z.input<ReturnType<typeof notificationSchema>> {
  const [, method, url, body] = /^(GET|POST) (\S+)(?: (.+))?$/s.exec(text) ?? [];
  if ((method !== "GET" && method !== "POST") || url === undefined)
    throw new Error('A V1 webhook is "GET <address>" or "POST <address> <JSON body>".');
  return { method, url, body: body ?? null };
}

function filledIn(placeholder: string, template: string, value: string): string {
  return template.split(placeholder).join(value);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
