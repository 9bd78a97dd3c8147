import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { z } from "zod";

const json = z.json();

/** One HTTP request of a case; `soql` stands for a GET of the query resource. */
const requestSchema = z.strictObject({
  method: z.enum(["GET", "POST", "PATCH", "PUT", "DELETE", "HEAD"]).default("GET"),
  path: z.string().optional(),
  soql: z.string().optional(),
  /** With `soql`: ask queryAll. */
  deleted: z.boolean().default(false),
  headers: z.record(z.string(), z.string()).default({}),
  /** A bearer token, or "none". Default: the integration user's. */
  auth: z.string().optional(),
  body: json.optional(),
  /** A body that is sent as it is. */
  text: z.string().optional(),
  form: z.record(z.string(), json).optional(),
  /** A Metadata REST deploy: `options` as the JSON part, `files` as the zip part of a multipart body. */
  deploy: z.strictObject({ options: json, files: z.record(z.string(), z.string()) }).optional(),
});

const responseSchema = z.strictObject({
  /** A number, or a matcher where the documentation leaves it open. */
  status: json,
  headers: z.record(z.string(), json).default({}),
  /** Compares only this part of the body: `fields[name=Email].label`. */
  select: z.string().optional(),
  /** The JSON body, exactly, with matchers. Without `body` and `text` the answer must be empty. */
  body: json.optional(),
  text: json.optional(),
});

const captureSchema = z.union([
  z.string(),
  z.strictObject({ from: z.string(), match: z.string(), decode: z.boolean().default(false) }),
]);

const stepSchema = z.strictObject({
  request: requestSchema,
  /** Left out where only success matters. */
  response: responseSchema.optional(),
  /** Variable name to where it comes from: `body.records.0.Id`, `headers.location`, `text`. */
  capture: z.record(z.string(), captureSchema).default({}),
  /** Repeats the request until the answer matches. */
  withinMs: z.int().optional(),
  /** Waits before the request, where the documentation speaks of whole seconds. */
  afterMs: z.int().optional(),
});

const orgSchema = z.strictObject({
  personAccounts: z.boolean().default(true),
  prefix: z.string().default(""),
  secutixPackage: z.boolean().default(true),
  multiCurrency: z.boolean().default(false),
  stateCountryPicklists: z.boolean().default(false),
});

const caseSchema = z.strictObject({
  name: z.string().min(10),
  /** Document and section, or the recorded or public answer that the case follows. */
  source: z.string().min(15),
  org: orgSchema.prefault({}),
  /** Settings and records of the org, made before; `after` takes settings back, also after a failure. */
  given: z.array(stepSchema).default([]),
  steps: z.array(stepSchema).min(1),
  after: z.array(stepSchema).default([]),
});

const topicSchema = z.strictObject({ topic: z.string(), cases: z.array(caseSchema).min(1) });

export type Step = z.infer<typeof stepSchema>;
export type StepRequest = z.infer<typeof requestSchema>;
export type OrgOfCase = z.infer<typeof orgSchema>;
export type Case = z.infer<typeof caseSchema>;
export type Topic = z.infer<typeof topicSchema> & { file: string };
export type Json = z.infer<typeof json>;

/**
 * Every topic of the case table, by file name.
 * @throws ZodError for a case that is not of the form above; Error for a name used twice in a topic
 */
export function readTopics(folder: string): Topic[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => {
      const parsed = topicSchema.safeParse(JSON.parse(readFileSync(join(folder, name), "utf8")));
      if (!parsed.success) throw new Error(`${name}: ${z.prettifyError(parsed.error)}`);
      const names = parsed.data.cases.map((each) => each.name);
      const repeated = names.find((each, position) => names.indexOf(each) !== position);
      if (repeated !== undefined) throw new Error(`${name}: "${repeated}" is there twice.`);
      return { ...parsed.data, file: basename(name, ".json") };
    });
}
