/** Which records carry these external ids, and what they hold (design §4: one question per 200 unlinked records). */
import { canonical } from "@/lib/core/canonical";
import { FaultError } from "@/lib/core/faults";
import type { CanonicalFields, FieldDescribe, FindRequest, FoundRow } from "@/lib/core/side";
import type { SalesforceClient, Subrequest } from "./client";
import type { ReadSchema } from "./describe";
import { answerFault } from "./faults";
import { missingField, missingObject, planObjects, type ObjectPlan } from "./object-plan";
import { referenceColumn } from "./references";
import { QUERY_BYTES, queryBytes, selectByKeys, soqlString } from "./soql";
import { queryAnswerSchema, valueAt } from "./wire";

/** Four queries for the 1,000 records of a batch: one call has room for five, so two objects share it. */
const KEYS_PER_QUERY = 250;
const QUERIES_PER_CALL = 5;

/** A request made ready to be read back. */
interface Question {
  readonly request: FindRequest;
  readonly plan: ObjectPlan;
  readonly keyField: FieldDescribe;
  /** By field of the request: the describe, and the column it is read from. */
  readonly columns: readonly { readonly field: FieldDescribe; readonly column: string }[];
  /** Keys as asked for, by the form the org compares. */
  readonly asked: ReadonlyMap<string, readonly string[]>;
}

interface Page {
  readonly question: Question;
  readonly path: string;
}

/** Rows of any object for external ids, paged to the end. Throws FaultError when anything could not be read. */
export async function findRows(
  client: SalesforceClient,
  readSchema: ReadSchema,
  requests: readonly FindRequest[],
): Promise<readonly FoundRow[]> {
  const wanted = requests.filter((request) => request.keys.some(canExist));
  if (wanted.length === 0) return [];
  const plans = await planObjects(readSchema, wanted);
  const pages: Page[] = wanted
    .map((request) => toQuestion(request, plans.get(request.object)))
    .flatMap(toPages);
  const rows: FoundRow[] = [];
  while (pages.length > 0) {
    const batch = pages.splice(0, QUERIES_PER_CALL);
    const answers = await client.composite(batch.map(toSubrequest));
    for (const [index, page] of batch.entries()) {
      const answer = answers.get(`q${index}`);
      const parsed = queryAnswerSchema.safeParse(answer?.body);
      if (answer?.status !== 200 || !parsed.success) throw new FaultError(answerFault(answer));
      rows.push(...parsed.data.records.flatMap((record) => toRows(record, page.question)));
      const { done, nextRecordsUrl } = parsed.data;
      if (!done && nextRecordsUrl) pages.push({ ...page, path: nextRecordsUrl });
    }
  }
  return rows;
}

function toSubrequest(page: Page, index: number): Subrequest {
  return { referenceId: `q${index}`, method: "GET", path: page.path };
}

function toQuestion(request: FindRequest, plan: ObjectPlan | undefined): Question {
  if (!plan) throw missingObject(request.object);
  const keyField = plan.fields.get(request.keyField);
  if (!keyField) throw missingField(plan.describe, request.keyField);
  const columns = [...new Set(request.fields)].map((name) => {
    const field = plan.fields.get(name);
    if (!field) throw missingField(plan.describe, name);
    const path = plan.references.get(name);
    return { field, column: path ? referenceColumn(path) : name };
  });
  const asked = new Map<string, string[]>();
  for (const key of new Set(request.keys.filter(canExist))) {
    const form = compared(key);
    asked.set(form, [...(asked.get(form) ?? []), key]);
  }
  return { request, plan, keyField, columns, asked };
}

/** Blank keys match everything empty, and text that is no Unicode matches nothing: neither is asked for. */
function canExist(key: string): boolean {
  return key.trim() !== "" && !/\p{Surrogate}/u.test(key);
}

/** External ids are compared without case and trailing blanks (default-mappings.md, SecutixSale object). */
function compared(key: string): string {
  return key.trim().toLowerCase();
}

/** As few queries as the limits on keys and bytes allow. */
function toPages(question: Question): Page[] {
  const pages: Page[] = [];
  let literals: string[] = [];
  let bytes = 0;
  const flush = (): void => {
    if (literals.length > 0) pages.push({ question, path: queryPath(question, literals) });
    literals = [];
    bytes = 0;
  };
  const emptyBytes = queryBytes(soqlOf(question, []));
  for (const keys of question.asked.values()) {
    const literal = keyLiteral(keys[0] ?? "", question.keyField);
    if (literal === null) continue;
    const size = queryBytes(`${literal},`);
    if (literals.length === KEYS_PER_QUERY || emptyBytes + bytes + size > QUERY_BYTES) flush();
    literals.push(literal);
    bytes += size;
  }
  flush();
  return pages;
}

function queryPath(question: Question, literals: readonly string[]): string {
  return `/query?q=${encodeURIComponent(soqlOf(question, literals))}`;
}

function soqlOf({ request, columns }: Question, literals: readonly string[]): string {
  const names = ["Id", request.keyField, ...columns.map(({ column }) => column)];
  return selectByKeys(request.object, names, request.keyField, literals);
}

/** Null where no record can have the key: too long for the field, or not a number in a number field. */
function keyLiteral(key: string, field: FieldDescribe): string | null {
  if (field.type === "integer" || field.type === "number")
    return /^-?\d{1,18}(\.\d+)?$/.test(key) ? key : null;
  if (field.length > 0 && key.trim().length > field.length) return null;
  return soqlString(key.trim());
}

function toRows(record: Readonly<Record<string, unknown>>, question: Question): readonly FoundRow[] {
  const { request, columns, asked, keyField } = question;
  const key = record[keyField.name];
  const keys =
    typeof key === "string" || typeof key === "number" ? asked.get(compared(String(key))) : undefined;
  const id = record["Id"];
  if (!keys || typeof id !== "string") return [];
  const fields: CanonicalFields = Object.fromEntries(
    columns.map(({ field, column }) => [field.name, canonical(valueAt(record, column), field)]),
  );
  return keys.map((asFor) => ({ object: request.object, key: asFor, id, fields }));
}
