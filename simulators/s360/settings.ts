import { z } from "zod";
import { apiSettingsSchema, defaultApiSettings } from "./api/api-settings";
import { parseAuthentication } from "./webhook/authentication";
import { notificationSchema } from "./webhook/notification";
import { contactDetails, orderDetails, type ContactDetail } from "./webhook/details";

const day = 24 * 60 * 60;

const authentication = z.string().superRefine((text, context) => {
  try {
    parseAuthentication(text);
  } catch (error) {
    context.addIssue({ code: "custom", message: error instanceof Error ? error.message : String(error) });
  }
});

const common = {
  /** M. S-360 counts 1 to 1440 minutes; seconds are for the demo. 0: only on demand. */
  scheduleSeconds: z.number().int().min(0).max(day),
  /** S: items handled in one run. */
  batchSize: z.number().int().min(1).max(100_000),
  /** bs: items in one POST. */
  bucketSize: z.number().int().min(1).max(100_000),
  /** `none`, `basic:user:password` or `apikey:header:value`. */
  auth: authentication,
  /** All tries of one bucket together, the first included. */
  tries: z.number().int().min(1).max(1000),
  /** How long to wait for an answer before the try counts as failed. */
  answerTimeoutSeconds: z.number().positive().max(600),
  /** `bare`: an object instead of an array when the payload has one item. */
  body: z.enum(["array", "bare"]),
};

const contactWebhook = z.strictObject({
  ...common,
  /** Null: version 2, whole bodies to `pushTo`. */
  v1: notificationSchema("contacts").nullable(),
  details: z.array(z.enum(contactDetails)),
});
const orderWebhook = z.strictObject({
  ...common,
  v1: notificationSchema("orders").nullable(),
  granularity: z.enum(orderDetails),
  /** Each order inside `{"orderDetailsData": …}` or as it is. */
  wrapper: z.boolean(),
});

export type ContactWebhook = z.infer<typeof contactWebhook>;
export type OrderWebhook = z.infer<typeof orderWebhook>;

const pushTo = z
  .url({ protocol: /^https?$/ })
  .transform((url) => url.replace(/\/+$/, ""))
  .nullable();

const settingsSchema = z.strictObject({
  /** Base address of the receiver; null: nothing is sent, the queues grow. */
  pushTo,
  /** Seconds between two changes that the demo venue makes by itself; 0: none. */
  trickleSeconds: z.number().int().min(0).max(day),
  contacts: contactWebhook,
  orders: orderWebhook,
  api: apiSettingsSchema,
});

export type Settings = z.infer<typeof settingsSchema>;

/** A change of settings: every key optional; M, S and bs given at the top hold for both webhooks. */
const settingsChangeSchema = z.strictObject({
  pushTo: pushTo.optional(),
  trickleSeconds: settingsSchema.shape.trickleSeconds.optional(),
  scheduleSeconds: common.scheduleSeconds.optional(),
  scheduleMinutes: z.number().int().min(1).max(1440).optional(),
  batchSize: common.batchSize.optional(),
  bucketSize: common.bucketSize.optional(),
  tries: common.tries.optional(),
  answerTimeoutSeconds: common.answerTimeoutSeconds.optional(),
  contacts: contactWebhook.partial().optional(),
  orders: orderWebhook.partial().optional(),
  api: apiSettingsSchema.partial().optional(),
});

export type SettingsChange = z.input<typeof settingsChangeSchema>;

/** What S-360 starts a webhook with: every 15 minutes, 100 items a run, one item a POST, no authentication. */
export function defaultSettings(institution: string): Settings {
  const webhook = {
    scheduleSeconds: 15 * 60,
    batchSize: 100,
    bucketSize: 1,
    auth: "none",
    tries: 12,
    answerTimeoutSeconds: 30,
    body: "array" as const,
    v1: null,
  };
  const details: ContactDetail[] = [...contactDetails];
  return {
    pushTo: null,
    trickleSeconds: 0,
    contacts: { ...webhook, details },
    orders: { ...webhook, granularity: "TICKETS", wrapper: true },
    api: defaultApiSettings(institution),
  };
}

/**
 * The settings after a change. Throws SettingsError naming each wrong value by its path.
 */
export function changeSettings(current: Settings, change: unknown): Settings {
  const parsed = settingsChangeSchema.safeParse(change);
  if (!parsed.success) {
    const lines = parsed.error.issues.map(
      (issue) => `${issue.path.join(".") || "settings"}: ${issue.message}`,
    );
    throw new SettingsError(lines.join("; "));
  }
  const { contacts, orders, api, scheduleMinutes, pushTo, trickleSeconds, ...both } = parsed.data;
  if (scheduleMinutes !== undefined) both.scheduleSeconds ??= scheduleMinutes * 60;
  return {
    pushTo: pushTo === undefined ? current.pushTo : pushTo,
    trickleSeconds: trickleSeconds ?? current.trickleSeconds,
    contacts: merge(merge(current.contacts, both), contacts ?? {}),
    orders: merge(merge(current.orders, both), orders ?? {}),
    api: merge(current.api, api ?? {}),
  };
}

export class SettingsError extends Error {}

function merge<T extends object>(base: T, change: Partial<T>): T {
  const given = Object.entries(change).filter(([, value]) => value !== undefined);
  return { ...base, ...Object.fromEntries(given) };
}
