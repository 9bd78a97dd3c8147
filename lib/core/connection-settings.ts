/** A connection's settings, without its secrets (those are in the credential table). */
import { z } from "zod";

/** The parts of a contact that S-360's back office can select for its webhook (s360.md §1.2). */
export const sectionNames = [
  "GENERAL",
  "ADDRESSES",
  "AUTHORIZATIONS",
  "COM_MEANS",
  "CONNECTIONS",
  "CRITERIA",
  "INDICATORS",
  "QUALITIES",
  "ADVANTAGES",
  "FINANCIAL",
] as const;

export const webhookAuthSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("none") }),
  z.strictObject({ kind: z.literal("basic"), username: z.string().min(1) }),
  z.strictObject({ kind: z.literal("api-key"), header: z.string().regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/) }),
]);

export const connectionSettingsSchema = z.strictObject({
  s360: z.strictObject({
    baseUrl: z.url(),
    operator: z.string().optional(),
    partner: z.string().optional(),
    callsPerMinute: z.number().int().min(1).max(10_000),
    sections: z.array(z.enum(sectionNames)).min(1),
    /** M: how often S-360 runs its schedule; it gives up after 12 tries. */
    scheduleMinutes: z.number().int().min(1).max(1440),
  }),
  webhooks: z.strictObject({ contacts: webhookAuthSchema, orders: webhookAuthSchema }),
  salesforce: z.strictObject({
    loginUrl: z.url(),
    flow: z.enum(["client-credentials", "jwt"]),
    clientId: z.string().min(1),
    /** The user the JWT speaks for. */
    username: z.string().optional(),
    apiVersion: z.string().regex(/^\d{2}\.0$/),
    callsPerMinute: z.number().int().min(1).max(100_000),
  }),
  individualsAs: z.enum(["person-account", "contact"]),
  recordTypes: z.strictObject({ person: z.string().optional(), business: z.string().optional() }),
  /** Which Account individuals written as Contacts get (design §7). */
  account: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("private") }),
    z.strictObject({ kind: z.literal("bucket"), accountSyncIds: z.array(z.string().min(1)).min(1) }),
    z.strictObject({ kind: z.literal("household") }),
  ]),
  saleObject: z.string(),
  conflictOwner: z.enum(["s360", "salesforce"]),
});

export type WebhookAuth = z.infer<typeof webhookAuthSchema>;
export type ConnectionSettings = z.infer<typeof connectionSettingsSchema>;
