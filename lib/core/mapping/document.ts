/**
 * A mapping as it is stored. The draft schema says what may be saved; `publishable` (publish.ts) says what may run.
 */
import { z } from "zod";
import { kinds } from "../words";

/** A JSON value a policy may fall back to. */
const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);

const onMissing = z.union([
  z.literal("leave"),
  z.literal("clear"),
  z.strictObject({ default: scalar, when: z.enum(["always", "create"]).default("always") }),
]);

const onInvalid = z.union([z.literal("hold"), z.literal("leave"), z.strictObject({ default: scalar })]);

/** A field mapping: source expression → target field, with its policies (design §6). */
export const lineSchema = z.strictObject({
  /** API name; `[p]` stands for the org's package prefix. */
  target: z.string().regex(/^(\[p\])?[A-Za-z][A-Za-z0-9_]*$/, "must be the API name of a field"),
  /** JSONata over the S-360 wire record, or over `{ operation, order }`. */
  expression: z.string().min(1).max(10_000),
  /**
   * The value is the external id of another record of `object`. With a family it is an S-360 key of that family: the
   * field is set when that record's mapping writes `object`, is null when it writes another, and waits until it is linked.
   */
  reference: z.strictObject({ object: z.string().min(1), family: z.enum(["contact"]).optional() }).optional(),
  /** `required`: missing fails the record with this sentence. */
  required: z.string().optional(),
  onMissing: onMissing.default("leave"),
  onInvalid: onInvalid.default("hold"),
  tooLong: z.enum(["hold", "cut"]).default("hold"),
  when: z.enum(["always", "create", "blank"]).default("always"),
  owner: z.enum(["s360", "salesforce"]).optional(),
  twoWay: z.boolean().default(false),
  note: z.string().max(500).optional(),
});

export const mappingDocumentSchema = z.strictObject({
  kind: z.enum(kinds),
  /** Target object; `[p]` stands for the org's package prefix. */
  object: z.string().regex(/^(\[p\])?[A-Za-z][A-Za-z0-9_]*$/, "must be the API name of an object"),
  /** The external id field that carries the S-360 key. */
  keyField: z.string(),
  /** `person` or `business`: which of the org's chosen record types new records get. */
  recordType: z.enum(["person", "business"]).optional(),
  /** JSONata: which records take part; all of them without. The others are neither created nor changed. */
  filter: z.string().min(1).max(10_000).optional(),
  lines: z.array(lineSchema).max(500),
});

export type MappingLine = z.infer<typeof lineSchema>;
export type MappingDocument = z.infer<typeof mappingDocumentSchema>;

/** A named table of codes. A code that is not listed follows `otherwise`. */
export const valueMapSchema = z.strictObject({
  values: z.record(z.string(), scalar),
  otherwise: z.union([z.literal("leave"), z.literal("hold"), z.strictObject({ default: scalar })]),
});
export type ValueMapEntries = z.infer<typeof valueMapSchema>;
