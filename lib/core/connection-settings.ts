/** A connection's settings, without its secrets (those are in the credential table). */
import { z } from "zod";
import { anonymisedMarksSchema, anonymisedRuleSchema } from "./anonymised";
import { dailyCallsSchema, defaultDailyCalls } from "./budget/grant";
import { matchingSchema } from "./matching/settings";
import { salesSettingsSchema } from "./sales-settings";

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

/** `tell`: nothing is written, and someone is told. */
const rule = z.enum(["do", "review", "tell", "ignore"]);

const inRule = z.strictObject({ create: rule.default("do"), update: rule.default("do") }).prefault({});

const outRule = z
  .strictObject({
    create: rule.default("ignore"),
    update: rule.default("do"),
    /** S-360 offers no delete (s360.md §1.5): `mark` sets the criterion named in `markCriterion`. */
    delete: z.enum(["mark", "review", "tell", "ignore"]).default("review"),
    /** JSONata over the Salesforce record: which new records are created in S-360; empty: all of this kind. */
    createWhen: z
      .string()
      .max(2_000)
      .regex(/^[^\0]*$/, "must not hold the character NUL")
      .default(""),
  })
  .prefault({});

/** What becomes of a record that was created, changed or deleted on one side (design §1). */
export const rulesSchema = z.strictObject({
  in: z
    .strictObject({
      individual: inRule,
      relay: inRule,
      structure: inRule,
      /** Of contacts that S-360 anonymised, whatever their kind. */
      anonymised: anonymisedRuleSchema.default("review"),
    })
    .prefault({}),
  out: z.strictObject({ individual: outRule, relay: outRule, structure: outRule }).prefault({}),
});

export const contactsOutSchema = z.strictObject({
  /** Off: Salesforce is not asked what changed there, and nothing is sent to S-360. */
  enabled: z.boolean().default(true),
  pollSeconds: z.number().int().min(5).max(86_400).default(300),
  /** More records than this changed in one poll wait for a person. */
  massLimit: z.number().int().min(1).max(1_000_000).default(200),
  /** Criterion of S-360 that tells its users that the record was deleted in Salesforce. */
  markCriterion: z
    .string()
    .min(1)
    .max(40)
    .regex(/^[^\p{Cc}]*$/u, "must not hold control characters")
    .default("CRM_DELETED"),
});

/** What becomes of records that wait for a contact. */
export const waitingSchema = z.strictObject({
  /** So long a contact may be awaited before S-360 is asked for it; 0: it is never asked. */
  askS360AfterMinutes: z.number().int().min(0).max(10_080).default(30),
});

/** Who is told by mail of what opens under Reviews. */
export const tellSchema = z
  .array(z.email("must be an e-mail address such as crm@venue.example").max(254))
  .max(20)
  .transform((addresses) => [...new Set(addresses)]);

export const conflictOwnerSchema = z.enum(["s360", "salesforce"]);

/** What becomes of a record that a duplicate rule of the org alerts to: a person is asked, or it is written. */
export const duplicateAlertsSchema = z.enum(["review", "pass"]);

/** Of so many due records of a kind, more go through Bulk jobs; 0: none do. */
export const bulkFromSchema = z.number().int().min(0).max(1_000_000).default(2_000);

export const connectionSettingsSchema = z.strictObject({
  s360: z.strictObject({
    baseUrl: z.url(),
    operator: z.string().optional(),
    partner: z.string().optional(),
    /** `jwt`: each call carries a token of our own making; `token`: S-360 is asked for one (s360.md §4.2). */
    authentication: z.enum(["jwt", "token"]).default("jwt"),
    callsPerMinute: z.number().int().min(1).max(10_000),
    /** The contract's calls a month; 0: no limit (s360.md §4.3). */
    callsPerMonth: z.number().int().min(0).max(100_000_000).default(10_000),
    /** How many known contacts S-360 is asked about a day, to learn what it does not tell; 0: none. */
    checksPerDay: z.number().int().min(0).max(1_000_000).default(0),
    /** What differs from the assumptions about bodies that are not documented (lib/s360/assumptions.ts). */
    assumptions: z.record(z.string(), z.unknown()).default({}),
    /** How S-360 tells that it anonymised a contact. */
    anonymised: anonymisedMarksSchema.prefault({}),
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
    /** What the connector may use of the calls that the org allows in 24 hours. */
    dailyCalls: dailyCallsSchema.default(defaultDailyCalls),
    duplicateAlerts: duplicateAlertsSchema.default("review"),
    bulkFrom: bulkFromSchema,
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
  conflictOwner: conflictOwnerSchema,
  contactsOut: contactsOutSchema.prefault({}),
  rules: rulesSchema.prefault({}),
  waiting: waitingSchema.prefault({}),
  sales: salesSettingsSchema.prefault({}),
  tell: tellSchema.prefault([]),
  matching: matchingSchema.prefault({}),
});

export type WebhookAuth = z.infer<typeof webhookAuthSchema>;
export type ConnectionSettings = z.infer<typeof connectionSettingsSchema>;
export type Rules = z.infer<typeof rulesSchema>;
/** The part that the Rules page shows and saves. */
export type RuleSettings = Pick<
  ConnectionSettings,
  "conflictOwner" | "contactsOut" | "rules" | "tell" | "matching" | "sales"
>;
