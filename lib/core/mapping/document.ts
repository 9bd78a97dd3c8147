/**
 * A mapping as it is stored. The draft schema says what may be saved; `publishable` (publish.ts) says what may run.
 */
import { z } from "zod";
import { isStorable } from "../storable";
import { storable } from "../storable-schema";
import { kinds } from "../words";
import { salesSchema } from "./sales/sales";

/** A JSON value a policy may fall back to. */
const scalar = z.union([storable, z.number(), z.boolean(), z.null()]);

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
  expression: storable.min(1).max(10_000),
  /**
   * The value is the external id of another record of `object`. With a family it is an S-360 key of that family: the
   * field is set when that record's mapping writes `object`, is null when it writes another, and waits until it is linked.
   */
  reference: z.strictObject({ object: storable.min(1), family: z.enum(["contact"]).optional() }).optional(),
  /** Missing fails the record with this sentence; one that says nothing is none. */
  required: z.preprocess(
    (value) => (typeof value === "string" && value.trim() === "" ? undefined : value),
    storable.max(500, "has at most 500 characters").optional(),
  ),
  onMissing: onMissing.default("leave"),
  onInvalid: onInvalid.default("hold"),
  tooLong: z.enum(["hold", "cut"]).default("hold"),
  when: z.enum(["always", "create", "blank"]).default("always"),
  owner: z.enum(["s360", "salesforce"]).optional(),
  twoWay: z.boolean().default(false),
  note: storable.max(500, "has at most 500 characters").optional(),
});

/** Characters of all expressions of a mapping: each is parsed before it runs, and remembered. */
export const maxExpressions = 200_000;

const documentShape = z.strictObject({
  kind: z.enum(kinds),
  /** Target object; `[p]` stands for the org's package prefix. */
  object: z.string().regex(/^(\[p\])?[A-Za-z][A-Za-z0-9_]*$/, "must be the API name of an object"),
  /** The external id field that carries the S-360 key. */
  keyField: storable,
  /** `person` or `business`: which of the org's chosen record types new records get. */
  recordType: z.enum(["person", "business"]).optional(),
  /** JSONata: which records take part; all of them without. The others are neither created nor changed. */
  filter: storable.min(1).max(10_000).optional(),
  /** What becomes of orders by their type and state; for operations only. */
  sales: salesSchema.optional(),
  lines: z.array(lineSchema).max(500),
});

export const mappingDocumentSchema = documentShape.superRefine(({ filter = "", lines }, context) => {
  const characters = lines.reduce((sum, { expression }) => sum + expression.length, filter.length);
  if (characters > maxExpressions)
    context.addIssue({
      code: "custom",
      message: `the expressions of a mapping have at most ${maxExpressions} characters in all, and these have ${characters}`,
      path: ["lines"],
    });
});

export type MappingLine = z.infer<typeof lineSchema>;
export type MappingDocument = z.infer<typeof mappingDocumentSchema>;

/** More are no codes but a column of data: pages and inboxes stay usable, and the worker reads every map with each batch. */
export const maxCodes = 5_000;
export const maxCodeLength = 255;
export const maxValueLength = 2_000;

/** What a mapping is called in addresses and files. */
export const mappingNameSchema = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]{0,59}$/,
    "use small letters, digits and hyphens only, begin with a letter, and take at most 60",
  );

/** Letters, digits, - and _: a name is part of an address and of expressions. */
export const valueMapNameSchema = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9_-]{0,59}$/,
    "must begin with a letter or digit and have letters, digits, - and _ only, at most 60",
  );

export const codeSchema = z
  .string()
  .min(1, "a code must not be empty")
  .refine((text) => !isTooLongForCode(text), `a code has at most ${maxCodeLength} characters`)
  .refine(
    (text) => text === text.trim(),
    "a code must not begin or end with a blank: it would never be found",
  )
  .refine((text) => isStorable(text) && text !== "__proto__", "this text cannot be a code");

/** Characters count as PostgreSQL counts them: one emoji is one. */
export function isTooLongForCode(text: string): boolean {
  if (text.length <= maxCodeLength) return false;
  return text.length > 2 * maxCodeLength || [...text].length > maxCodeLength;
}

export const mappedSchema = z.union([
  storable.max(maxValueLength, `a value has at most ${maxValueLength} characters`),
  z.number(),
  z.boolean(),
  z.null(),
]);

/** `otherwise`: the code is known and follows the map's own rule for codes that are not listed. */
export const codeRules = ["leave", "hold", "otherwise"] as const;
export type CodeRule = (typeof codeRules)[number];

/** A named table of codes. A code that is not listed follows `otherwise`. */
export const valueMapSchema = z
  .strictObject({
    values: z.record(codeSchema, mappedSchema),
    /** Codes that are known and have no value. */
    rules: z.record(codeSchema, z.enum(codeRules)).optional(),
    otherwise: z.union([z.literal("leave"), z.literal("hold"), z.strictObject({ default: mappedSchema })]),
  })
  .superRefine(({ values, rules = {} }, context) => {
    if (Object.keys(values).length + Object.keys(rules).length > maxCodes) {
      context.addIssue({
        code: "custom",
        message: `a value map has at most ${maxCodes} codes`,
        path: ["values"],
      });
    }
    for (const twice of Object.keys(rules).filter((key) => Object.hasOwn(values, key))) {
      const message = "the code has a value already: give it a value or a rule, not both";
      context.addIssue({ code: "custom", message, path: ["rules", twice] });
    }
  });
export type ValueMapEntries = z.infer<typeof valueMapSchema>;
