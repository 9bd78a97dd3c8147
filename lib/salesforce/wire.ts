/** Shapes of the org's answers, as far as the connector reads them (salesforce.md §3.2, §3.6). */
import { z } from "zod";

/** One error of the org, whether it came as `errorCode` (REST) or `statusCode` (rows of a collection). */
export interface OrgError {
  readonly code: string;
  readonly message: string;
  /** API names. */
  readonly fields: readonly string[];
}

const errorSchema = z.object({
  errorCode: z.string().optional(),
  statusCode: z.string().optional(),
  message: z.string().nullish(),
  fields: z.array(z.string()).nullish(),
  // The misspelt key is the org's own (salesforce.md §3.5); some versions spell it right.
  duplicateResut: z.object({ errorMessage: z.string().nullish() }).nullish(),
  duplicateResult: z.object({ errorMessage: z.string().nullish() }).nullish(),
});

export const orgErrorSchema = errorSchema.transform((error): OrgError => {
  const duplicate = error.duplicateResut ?? error.duplicateResult;
  return {
    code: error.errorCode ?? error.statusCode ?? "UNKNOWN",
    message: duplicate?.errorMessage || error.message || "",
    fields: error.fields ?? [],
  };
});

/** The errors in an error answer; none where it is not one of the org's. */
export function orgErrors(body: unknown): readonly OrgError[] {
  const list = z.array(orgErrorSchema).safeParse(Array.isArray(body) ? body : [body]);
  return list.success ? list.data.filter((error) => error.code !== "UNKNOWN" || error.message !== "") : [];
}

export const compositeAnswerSchema = z.object({
  compositeResponse: z.array(
    z.object({ referenceId: z.string(), httpStatusCode: z.number(), body: z.unknown() }),
  ),
});

/** One row of a collection's answer. */
export const rowAnswerSchema = z.union([
  z.object({ success: z.literal(true), id: z.string(), created: z.boolean().optional() }),
  z.object({ success: z.literal(false), errors: z.array(orgErrorSchema) }),
]);

export const queryAnswerSchema = z.object({
  done: z.boolean(),
  nextRecordsUrl: z.string().optional(),
  records: z.array(z.record(z.string(), z.unknown())),
});

/** `2026-11-22T03:37:05.000+0000` as ISO 8601 in UTC. */
const momentSchema = z.string().transform((text, context) => {
  const ms = Date.parse(text.replace(/([+-]\d{2})(\d{2})$/, "$1:$2"));
  if (!Number.isNaN(ms)) return new Date(ms).toISOString();
  context.addIssue({ code: "custom", message: "not a moment" });
  return z.NEVER;
});

/** Who wrote a record last. The user is null where the connector's user may not see them. */
const modifierSchema = z.object({ Name: z.string().nullish(), UserType: z.string().nullish() });

/** A row of the change feed; the fields asked for stand beside these. */
export const changedRecordSchema = z.looseObject({
  Id: z.string(),
  SystemModstamp: momentSchema,
  CreatedDate: momentSchema,
  CreatedById: z.string(),
  LastModifiedById: z.string(),
  LastModifiedBy: modifierSchema.nullish(),
  IsPersonAccount: z.boolean().nullish(),
  AccountId: z.string().nullish(),
});

export type ChangedRecord = z.infer<typeof changedRecordSchema>;

/** `/sobjects/X/deleted` (REST API guide, "sObject Get Deleted"). */
export const deletedAnswerSchema = z.object({
  deletedRecords: z.array(z.object({ id: z.string(), deletedDate: momentSchema })),
  earliestDateAvailable: momentSchema.nullish(),
  latestDateCovered: momentSchema.nullish(),
});

const readRecordSchema = z.looseObject({ LastModifiedById: z.string(), SystemModstamp: momentSchema });

/** A row of a linked record; the fields asked for stand beside these. */
export type ReadRecord = z.infer<typeof readRecordSchema>;

export const retrieveAnswerSchema = z.array(readRecordSchema.nullable());

/** The same asked for by a query. */
export const readAnswerSchema = queryAnswerSchema.extend({
  records: z.array(readRecordSchema.extend({ Id: z.string() })),
});

export const binnedRecordSchema = z.object({
  Id: z.string(),
  IsDeleted: z.boolean(),
  MasterRecordId: z.string().nullish(),
});

export const describeAnswerSchema = z.object({
  name: z.string(),
  label: z.string(),
  fields: z.array(
    z.object({
      name: z.string(),
      label: z.string(),
      type: z.string(),
      length: z.number().default(0),
      scale: z.number().default(0),
      createable: z.boolean(),
      updateable: z.boolean(),
      nillable: z.boolean(),
      defaultedOnCreate: z.boolean().default(false),
      externalId: z.boolean().default(false),
      unique: z.boolean().default(false),
      custom: z.boolean().default(false),
      restrictedPicklist: z.boolean().default(false),
      picklistValues: z.array(z.object({ value: z.string(), active: z.boolean() })).default([]),
      referenceTo: z.array(z.string()).default([]),
      relationshipName: z.string().nullable().default(null),
      filterable: z.boolean().optional(),
    }),
  ),
});

export type DescribeAnswer = z.infer<typeof describeAnswerSchema>;

/** What a row has in a column. `Account.SyncId__c` of a row whose Account is null is null. */
export function valueAt(record: Readonly<Record<string, unknown>>, column: string): unknown {
  let value: unknown = record;
  for (const part of column.split(".")) {
    if (typeof value !== "object" || value === null) return null;
    value = Object.hasOwn(value, part) ? Reflect.get(value, part) : null;
  }
  return value ?? null;
}
