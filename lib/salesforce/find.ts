/**
 * Which records carry these external ids, or are alike, and what they hold (design §4: one question per 200 unlinked
 * records).
 */
import { canonical } from "@/lib/core/canonical";
import { FaultError, type Fault } from "@/lib/core/faults";
import type { CanonicalFields, FieldDescribe, FindAnswer, FindRequest, FoundRow } from "@/lib/core/side";
import { alikeEntries, alikePage, alikePages, personFlag, type AlikeEntry, type AlikePage } from "./alike";
import { CallTimedOut } from "./call-failure";
import type { SalesforceClient, Subanswer, Subrequest } from "./client";
import type { ReadSchema } from "./describe";
import { answerFault, isWide } from "./faults";
import { fieldLiteral } from "./field-literal";
import { missingField, missingObject, planObjects, type ObjectPlan } from "./object-plan";
import { referenceColumn } from "./references";
import { QUERY_BYTES, queryBytes, select, selectByKeys } from "./soql";
import { queryAnswerSchema, valueAt } from "./wire";

/** With the likenesses of 1,000 records of one object, such as their e-mail addresses, they fill one call. */
const KEYS_PER_QUERY = 500;
const QUERIES_PER_CALL = 5;
/** Rows of one query for what is alike. Where there are more, nobody could choose among them. */
const MOST_ALIKE = 2_000;
/** So many queries are cut up and asked again, where more is alike than one gives: one call each. */
const MOST_CUTS = 4;
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
  /** Set where it asks for what is alike. */
  readonly entries?: readonly AlikeEntry[];
}

type Unsure = FindAnswer["unsure"][number];

/**
 * Rows of any object for external ids, paged to the end, and what is alike, as far as the org can tell it. Throws FaultError
 * when it could not be read which records carry the ids.
 */
export async function findByKeys(
  client: SalesforceClient,
  readSchema: ReadSchema,
  requests: readonly FindRequest[],
): Promise<FindAnswer> {
  const wanted = requests.filter((request) => request.keys.some(canExist));
  if (wanted.length === 0) return { rows: [], unsure: [] };
  const plans = await planObjects(readSchema, wanted);
  const questions = wanted.map((request) => toQuestion(request, plans.get(request.object)));
  const reading = new Reading([...questions.flatMap(keyPages), ...questions.flatMap(pagesOfAlike)]);
  for (let batch = reading.next(); batch.length > 0; batch = reading.next()) {
    const answers = await ask(client, batch);
    if (!answers) reading.giveUpAlike(batch);
    else for (const [index, page] of batch.entries()) reading.take(page, answers.get(`q${index}`));
  }
  return reading.answer();
}

/** What is still to be asked, and what is known by now. */
class Reading {
  /** A record may be alike to one that is asked for in one query, and carry a key that is asked for in another. */
  private readonly rows = new Map<string, FoundRow>();
  private readonly unsure: Unsure[] = [];
  private cuts = 0;

  constructor(private readonly pages: Page[]) {}

  next(): readonly Page[] {
    return this.pages.splice(0, QUERIES_PER_CALL);
  }

  answer(): FindAnswer {
    return { rows: [...this.rows.values()], unsure: this.unsure };
  }

  /** What is alike takes the org too long: only what carries the keys is asked for again. */
  giveUpAlike(batch: readonly Page[]): void {
    const open = [...batch, ...this.pages.splice(0)];
    for (const page of open)
      if (page.entries) this.note(page, unanswered(page, tooLong));
      else this.pages.push(page);
  }

  /** Throws FaultError where the rest is not worth asking. */
  take(page: Page, answer: Subanswer | undefined): void {
    const parsed = queryAnswerSchema.safeParse(answer?.body);
    if (answer?.status !== 200 || !parsed.success) {
      const fault = answerFault(answer);
      if (!page.entries || isWide(fault)) throw new FaultError(fault);
      this.note(page, unanswered(page, fault));
      return;
    }
    const { done, nextRecordsUrl, records } = parsed.data;
    for (const record of records)
      for (const row of toRows(record, page)) this.rows.set(`${row.object} ${row.id} ${row.key}`, row);
    if (page.entries && (!done || records.length >= MOST_ALIKE)) this.cut(page, page.entries);
    else if (!done && nextRecordsUrl) this.pages.push({ ...page, path: nextRecordsUrl });
  }

  /** More is alike than one query gives: by which of its entries is found out with smaller ones. */
  private cut(page: Page, entries: readonly AlikeEntry[]): void {
    if (entries.length === 1 || this.cuts === MOST_CUTS) {
      this.note(page, tooMany(page));
      return;
    }
    this.cuts++;
    this.pages.push(...cutUp(page.question, entries));
  }

  private note({ question, entries = [] }: Page, fault: Fault): void {
    const keys = new Set(entries.flatMap((entry) => [...entry.keys]));
    for (const key of keys) this.unsure.push({ object: question.request.object, key, fault });
  }
}

/** Null where the org took too long and asking for less may help. */
async function ask(
  client: SalesforceClient,
  batch: readonly Page[],
): Promise<ReadonlyMap<string, Subanswer> | null> {
  try {
    return await client.composite(batch.map(toSubrequest));
  } catch (error) {
    if (error instanceof CallTimedOut && batch.some(({ entries }) => entries)) return null;
    throw error;
  }
}

function toSubrequest(page: Page, index: number): Subrequest {
  return { referenceId: `q${index}`, method: "GET", path: page.path };
}

const tooLong: Fault = {
  code: "org_busy",
  sentence: "Salesforce took too long to look this up. It will be tried again by itself.",
};

function unanswered(page: Page, fault: Fault): Fault {
  return {
    ...fault,
    sentence: `Whether Salesforce has it already by ${rulesOf(page)} could not be found out. ${fault.sentence}`,
  };
}

function tooMany(page: Page): Fault {
  const sentence = `More Salesforce records fit by ${rulesOf(page)} than can be told apart.`;
  return { code: "several_matches", sentence };
}

/** The rules it asks by, as a person knows them. */
function rulesOf({ entries = [], question: { plan } }: Page): string {
  const names = entries.map(({ likeness }) =>
    likeness.fields.map(({ name }) => plan.fields.get(name)?.label ?? name).join(" and "),
  );
  return [...new Set(names)].join(" or ");
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
function keyPages(question: Question): Page[] {
  const pages: Page[] = [];
  let literals: string[] = [];
  let bytes = 0;
  const flush = (): void => {
    if (literals.length > 0) pages.push({ question, path: queryPath(keysSoql(question, literals)) });
    literals = [];
    bytes = 0;
  };
  const emptyBytes = queryBytes(keysSoql(question, []));
  for (const [key = ""] of question.asked.values()) {
    const literal = fieldLiteral(key, question.keyField);
    if (literal === null) continue;
    const size = queryBytes(`${literal},`);
    if (literals.length === KEYS_PER_QUERY || emptyBytes + bytes + size > QUERY_BYTES) flush();
    bytes += size;
    literals.push(literal);
  }
  flush();
  return pages;
}

function pagesOfAlike(question: Question): Page[] {
  const { request, plan } = question;
  const fixedBytes = queryBytes(alikeQuery(question, ""));
  const pages = alikePages(alikeEntries(request, plan), plan, fixedBytes);
  return pages.map((page) => toAlikePage(question, page));
}

/** As many parts as fit into one call. */
function cutUp(question: Question, entries: readonly AlikeEntry[]): Page[] {
  const size = Math.ceil(entries.length / QUERIES_PER_CALL);
  const parts = Array.from({ length: Math.ceil(entries.length / size) }, (_, nth) =>
    entries.slice(nth * size, (nth + 1) * size),
  );
  return parts.map((part) => toAlikePage(question, alikePage(part, question.plan)));
}

function toAlikePage(question: Question, { entries, condition }: AlikePage): Page {
  return { question, entries, path: queryPath(alikeQuery(question, condition)) };
}

function queryPath(soql: string): string {
  return `/query?q=${encodeURIComponent(soql)}`;
}

function keysSoql(question: Question, literals: readonly string[]): string {
  const { request } = question;
  return selectByKeys(request.object, columnsOf(question), request.keyField, literals);
}

function alikeQuery(question: Question, condition: string): string {
  const { request, context } = question;
  const columns = [...columnsOf(question), ...context];
  return `${select(request.object, columns)} WHERE ${condition} LIMIT ${MOST_ALIKE}`;
}

function columnsOf({ request, columns }: Question): readonly string[] {
  return ["Id", request.keyField, ...columns.map(({ column }) => column)];
}

function toRows(record: Readonly<Record<string, unknown>>, { question, entries }: Page): readonly FoundRow[] {
  const { request, columns, asked, keyField } = question;
  const id = record["Id"];
  if (typeof id !== "string") return [];
  const value = record[keyField.name];
  const key = typeof value === "string" || typeof value === "number" ? String(value) : "";
  const keys = asked.get(compared(key));
  const fields: CanonicalFields = Object.fromEntries(
    columns.map(({ field, column }) => [field.name, canonical(valueAt(record, column), field)]),
  );
  const { object } = request;
  if (!keys && !entries) return [];
  if (keys) return keys.map((asFor) => ({ object, key: asFor, id, fields }));
  const [flag, account] = [record[personFlag], record[accountField]];
  const person = typeof flag === "boolean" ? flag : null;
  const accountId = typeof account === "string" ? account : null;
  return [{ object, key, id, fields, alike: { person, accountId } }];
}
