/**
 * Which records carry these external ids, or are alike, and what they hold (design §4: one question per 200 unlinked
 * records).
 */
import { canonical } from "@/lib/core/canonical";
import { FaultError } from "@/lib/core/faults";
import type { CanonicalFields, FieldDescribe, FindRequest, FoundRow } from "@/lib/core/side";
import { AlikeConditions, personFlag } from "./alike";
import type { SalesforceClient, Subrequest } from "./client";
import type { ReadSchema } from "./describe";
import { answerFault } from "./faults";
import { fieldLiteral } from "./field-literal";
import { missingField, missingObject, planObjects, type ObjectPlan } from "./object-plan";
import { referenceColumn } from "./references";
import { QUERY_BYTES, queryBytes, selectByKeys } from "./soql";
import { queryAnswerSchema, valueAt } from "./wire";

/** Four queries for the 1,000 records of a batch: one call has room for five, so two objects share it. */
const KEYS_PER_QUERY = 250;
const QUERIES_PER_CALL = 5;
const accountField = "AccountId";

/** A request made ready to be read back. */
interface Question {
  readonly request: FindRequest;
  readonly plan: ObjectPlan;
  readonly keyField: FieldDescribe;
  /** By field of the request: the describe, and the column it is read from. */
  readonly columns: readonly { readonly field: FieldDescribe; readonly column: string }[];
  /** Read besides of what is alike: what sort of record it is, and where it stands. */
  readonly context: readonly string[];
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
  // A record may be alike to one that is asked for in one query, and carry a key that is asked for in another.
  const rows = new Map<string, FoundRow>();
  while (pages.length > 0) {
    const batch = pages.splice(0, QUERIES_PER_CALL);
    const answers = await client.composite(batch.map(toSubrequest));
    for (const [index, page] of batch.entries()) {
      const answer = answers.get(`q${index}`);
      const parsed = queryAnswerSchema.safeParse(answer?.body);
      if (answer?.status !== 200 || !parsed.success) throw new FaultError(answerFault(answer));
      for (const record of parsed.data.records)
        for (const row of toRows(record, page.question)) rows.set(`${row.object} ${row.id} ${row.key}`, row);
      const { done, nextRecordsUrl } = parsed.data;
      if (!done && nextRecordsUrl) pages.push({ ...page, path: nextRecordsUrl });
    }
  }
  return [...rows.values()];
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
  const context = request.alike ? [personFlag, accountField].filter((name) => plan.fields.has(name)) : [];
  return { request, plan, keyField, columns, asked, context };
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
  const { request, plan, keyField } = question;
  let literals: string[] = [];
  let alike = new AlikeConditions(plan);
  let bytes = 0;
  const flush = (): void => {
    if (literals.length > 0) pages.push({ question, path: queryPath(question, literals, alike) });
    literals = [];
    alike = new AlikeConditions(plan);
    bytes = 0;
  };
  const emptyBytes = queryBytes(soqlOf(question, [], alike));
  for (const keys of question.asked.values()) {
    const literal = fieldLiteral(keys[0] ?? "", keyField);
    if (literal === null) continue;
    const likenesses = keys.flatMap((key) => request.alike?.get(key) ?? []);
    const keyBytes = queryBytes(`${literal},`);
    const size = keyBytes + alike.bytesOf(likenesses);
    const isFull = literals.length === KEYS_PER_QUERY || emptyBytes + bytes + size > QUERY_BYTES;
    if (isFull) flush();
    bytes += isFull ? keyBytes + alike.bytesOf(likenesses) : size;
    literals.push(literal);
    alike.add(likenesses);
  }
  flush();
  return pages;
}

function queryPath(question: Question, literals: readonly string[], alike: AlikeConditions): string {
  return `/query?q=${encodeURIComponent(soqlOf(question, literals, alike))}`;
}

function soqlOf(
  { request, columns, context }: Question,
  literals: readonly string[],
  alike: AlikeConditions,
): string {
  const names = ["Id", request.keyField, ...columns.map(({ column }) => column), ...context];
  return selectByKeys(request.object, names, request.keyField, literals) + alike.soql();
}

function toRows(record: Readonly<Record<string, unknown>>, question: Question): readonly FoundRow[] {
  const { request, columns, asked, keyField } = question;
  const id = record["Id"];
  if (typeof id !== "string") return [];
  const value = record[keyField.name];
  const key = typeof value === "string" || typeof value === "number" ? String(value) : "";
  const keys = asked.get(compared(key));
  if (!keys && !request.alike) return [];
  const fields: CanonicalFields = Object.fromEntries(
    columns.map(({ field, column }) => [field.name, canonical(valueAt(record, column), field)]),
  );
  const { object } = request;
  if (keys) return keys.map((asFor) => ({ object, key: asFor, id, fields }));
  const [flag, account] = [record[personFlag], record[accountField]];
  const person = typeof flag === "boolean" ? flag : null;
  const accountId = typeof account === "string" ? account : null;
  return [{ object, key, id, fields, alike: { person, accountId } }];
}
