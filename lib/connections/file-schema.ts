/**
 * The file that describes one connection (README, "Connection file"). Strict: what is not known is refused by name.
 * Messages finish the sentence that starts with the path of the value.
 */
import { z } from "zod";
import { anonymisedMarksSchema } from "@/lib/core/anonymised";
import { dailyCallsSchema, defaultDailyCalls } from "@/lib/core/budget/grant";
import {
  conflictOwnerSchema,
  bulkFromSchema,
  duplicateAlertsSchema,
  sectionNames,
  tellSchema,
  waitingSchema,
} from "@/lib/core/connection-settings";
import { matchingSchema } from "@/lib/core/matching/settings";
import { salesSettingsSchema } from "@/lib/core/sales-settings";
import {
  lineSchema,
  mappingDocumentSchema,
  valueMapNameSchema,
  valueMapSchema,
  type MappingLine,
} from "@/lib/core/mapping/document";
import { fileAssumptionsSchema, fileContactsOutSchema, fileRulesSchema } from "./file-way-back";
import { isHttpUrl, isOrigin, isTimeZone, withoutLastSlash } from "./file-values";

const text = z.string().trim().min(1);

export const referencePattern = /^env:([A-Za-z_][A-Za-z0-9_]*)$/;

const secret = z
  .string()
  .regex(
    referencePattern,
    "must be env:NAME, the environment variable that holds the secret; a secret itself does not belong in this file",
  );

const url = (example: string) =>
  z.string().refine(isHttpUrl, `must be an address such as ${example}, without user or password`);

const loginUrl = url("https://mycompany.my.salesforce.com")
  .refine(
    (value) => !/^https?:\/\/(login|test)\.salesforce\.com\/?$/i.test(value),
    "must be the org's own address (My Domain), such as https://mycompany.my.salesforce.com",
  )
  .refine(isOrigin, "must end with the host name, such as https://mycompany.my.salesforce.com")
  .transform(withoutLastSlash);

const callsPerMinute = (most: number, fallback: number) =>
  z.number().int().min(1).max(most).default(fallback);

const webhookChoices = z.discriminatedUnion("authentication", [
  z.strictObject({ authentication: z.literal("none") }),
  z.strictObject({
    authentication: z.literal("basic"),
    username: text.regex(/^[^:]+$/, "must not have a colon in it (RFC 7617)"),
    password: secret,
  }),
  z.strictObject({
    authentication: z.literal("api-key"),
    header: z
      .string()
      .regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/, "must be the name of an HTTP header, such as x-api-key"),
    key: secret,
  }),
]);

/** `contacts: none` is short for the only choice that needs nothing else. */
const webhook = z.preprocess(
  (value) => (value === "none" ? { authentication: value } : value),
  webhookChoices,
);

/** YAML reads 66.0 as a number. */
const apiVersion = z.preprocess(
  (value) => (typeof value === "number" ? value.toFixed(1) : value),
  z
    .string()
    .regex(/^[3-9]\d\.0$/, "must be a version such as 66.0")
    .default("66.0"),
);

const salesforceCommon = {
  loginUrl,
  clientId: text,
  apiVersion,
  callsPerMinute: callsPerMinute(100_000, 600),
  dailyCalls: dailyCallsSchema.default(defaultDailyCalls),
  duplicateAlerts: duplicateAlertsSchema.default("review"),
  // YAML 1.1 habits: off may come as false.
  bulkFrom: z.preprocess((value) => (value === "off" || value === false ? 0 : value), bulkFromSchema),
};

const salesforce = z.discriminatedUnion("flow", [
  z.strictObject({ ...salesforceCommon, flow: z.literal("client-credentials"), clientSecret: secret }),
  z.strictObject({ ...salesforceCommon, flow: z.literal("jwt"), username: text, privateKey: secret }),
]);

const account = z.union(
  [z.enum(["private", "household"]), z.strictObject({ bucket: z.array(text).min(1) })],
  "must be private, household, or bucket with the SyncIds of the Accounts",
);

const line = lineSchema.shape;
const linePolicies = {
  expression: line.expression.optional(),
  reference: line.reference.nullable(),
  required: line.required.nullable(),
  onMissing: line.onMissing.unwrap().optional(),
  onInvalid: line.onInvalid.unwrap().optional(),
  tooLong: line.tooLong.unwrap().optional(),
  when: line.when.unwrap().optional(),
  owner: line.owner.nullable(),
  twoWay: line.twoWay.unwrap().optional(),
  note: line.note.nullable(),
} satisfies Record<Exclude<keyof MappingLine, "target">, z.ZodType>;

/** Only what differs from the default line: a text is its expression; null takes a key, or the whole line, away. */
const lineChange = z.preprocess(
  (value) => (typeof value === "string" ? { expression: value } : value),
  z.strictObject(linePolicies).nullable(),
);

const document = mappingDocumentSchema.shape;
const mappingChange = z
  .strictObject({
    kind: document.kind.optional(),
    object: document.object.optional(),
    keyField: document.keyField.optional(),
    recordType: document.recordType.nullable(),
    filter: document.filter.unwrap().nullable().optional(),
    sales: document.sales.unwrap().nullable().optional(),
    lines: z.record(line.target, lineChange).default({}),
  })
  .nullable();

export const connectionFileSchema = z.strictObject({
  institution: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/, "must be S-360's code: letters, digits, - and _, at most 40"),
  name: text.max(200).optional(),
  timeZone: z.string().refine(isTimeZone, "must be a time zone such as Europe/Zurich"),
  s360: z.strictObject({
    baseUrl: url("https://myvenue.ws.secutix.com").transform(withoutLastSlash),
    operator: text.optional(),
    partner: text.optional(),
    secret: secret.optional(),
    authentication: z.enum(["jwt", "token"]).default("jwt"),
    callsPerMinute: callsPerMinute(10_000, 60),
    callsPerMonth: z.number().int().min(0).max(100_000_000).default(10_000),
    checksPerDay: z.number().int().min(0).max(1_000_000).default(0),
    assumptions: fileAssumptionsSchema,
    anonymised: anonymisedMarksSchema.prefault({}),
    sections: z
      .array(z.enum(sectionNames))
      .min(1)
      .default([...sectionNames]),
    scheduleMinutes: z.number().int().min(1).max(1440).default(15),
  }),
  webhooks: z.strictObject({ contacts: webhook, orders: webhook }),
  salesforce,
  individualsAs: z.enum(["person-account", "contact"]),
  recordTypes: z.strictObject({ person: text.optional(), business: text.optional() }).default({}),
  account: account.default("private"),
  saleObject: document.object.default("[p]SecutixSale__c"),
  conflictOwner: conflictOwnerSchema.default("s360"),
  contactsOut: fileContactsOutSchema,
  rules: fileRulesSchema,
  waiting: waitingSchema.prefault({}),
  sales: salesSettingsSchema.prefault({}),
  tell: tellSchema.prefault([]),
  matching: matchingSchema.prefault({}),
  mappings: z.record(z.string().min(1).max(80), mappingChange).default({}),
  /** Null takes one of the default value maps away. */
  valueMaps: z.record(valueMapNameSchema, valueMapSchema.nullable()).default({}),
});

/** A file that was read and checked, defaults filled in. */
export type ConnectionFile = z.output<typeof connectionFileSchema>;
/** What is written into a file. */
export type ConnectionFileInput = z.input<typeof connectionFileSchema>;
export type MappingChange = NonNullable<ConnectionFile["mappings"][string]>;
export type LineChange = MappingChange["lines"][string];
