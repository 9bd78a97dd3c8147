/** One page of an object's change feed: the question to the org and its answer in our words (salesforce.md §4.1). */
import { canonical } from "@/lib/core/canonical";
import { FaultError } from "@/lib/core/faults";
import type { ChangedRow, FeedPosition, FeedRequest, FieldDescribe } from "@/lib/core/side";
import { z } from "zod";
import type { Subanswer } from "./client";
import { answerFault } from "./faults";
import { missingField, missingObject, plainFields, type ObjectPlan } from "./object-plan";
import { QUERY_BYTES, queryBytes, soqlMoment, soqlName, soqlString } from "./soql";
import { changedRecordSchema, queryAnswerSchema, type ChangedRecord } from "./wire";

/** The org gives no more rows at once (salesforce.md §3.6 SOQL). */
const ROWS_PER_PAGE = 2_000;

/** What a row is understood by beside the fields asked for, where the org has it. */
const context = [
  { object: "Account", field: "IsPersonAccount" },
  { object: "Contact", field: "AccountId" },
];

export interface FeedQuestion {
  readonly request: FeedRequest;
  readonly plan: ObjectPlan;
  readonly keyField: FieldDescribe;
  readonly fields: readonly FieldDescribe[];
}

export interface ChangedPage {
  readonly changed: readonly ChangedRow[];
  readonly complete: boolean;
}

/** Throws FaultError where the org lacks what is asked for. */
export function toQuestion(request: FeedRequest, plan: ObjectPlan | undefined): FeedQuestion {
  if (!plan) throw missingObject(request.object);
  const keyField = plan.fields.get(request.keyField);
  if (!keyField) throw missingField(plan.describe, request.keyField);
  return { request, plan, keyField, fields: plainFields(plan, request.fields) };
}

/** Throws FaultError when more fields are asked for than an address has room for. */
export function pagePath(question: FeedQuestion, after: FeedPosition, ownId: string): string {
  const { plan, keyField, fields, request } = question;
  const others = request.othersOnly ? ownId : null;
  const columns = [
    "Id",
    keyField.name,
    ...fields.map(({ name }) => name),
    ...[
      "SystemModstamp",
      "CreatedDate",
      "CreatedById",
      "LastModifiedById",
      "LastModifiedBy.Name",
      "LastModifiedBy.UserType",
    ],
    ...context
      .filter(({ object, field }) => object === plan.describe.name && plan.fields.has(field))
      .map(({ field }) => field),
  ];
  const list = [...new Set(columns)].map(soqlName).join(",");
  const soql = `SELECT ${list} FROM ${soqlName(plan.describe.name)} WHERE ${conditions(plan, after, others)} ORDER BY SystemModstamp ASC, Id ASC LIMIT ${ROWS_PER_PAGE}`;
  if (queryBytes(soql) > QUERY_BYTES) throw tooManyFields(plan);
  return `/query?q=${encodeURIComponent(soql)}`;
}

/** Throws FaultError when the org refused the question. */
export function readPage(question: FeedQuestion, answer: Subanswer | undefined, ownId: string): ChangedPage {
  const parsed = queryAnswerSchema.extend({ records: z.array(changedRecordSchema) }).safeParse(answer?.body);
  if (answer?.status !== 200 || !parsed.success) throw new FaultError(answerFault(answer));
  const { records, done } = parsed.data;
  return {
    changed: records.map((record) => toRow(question, record, ownId)),
    // Wide rows may come in smaller pages than asked for; the rest is asked for anew, by position.
    complete: done && records.length < ROWS_PER_PAGE,
  };
}

/**
 * Rows with equal stamps may stand on both sides of a page's edge: the id decides. A person account is told as an
 * Account; its contact, which always changes with it (salesforce.md §5), is not told again.
 */
function conditions(plan: ObjectPlan, { stamp, id }: FeedPosition, notBy: string | null): string {
  const since = soqlMoment(stamp);
  const parts = [`SystemModstamp >= ${since}`];
  if (id !== null) parts.push(`(SystemModstamp > ${since} OR Id > ${soqlString(id)})`);
  if (plan.describe.name === "Contact" && plan.fields.has("IsPersonAccount"))
    parts.push("IsPersonAccount = false");
  if (notBy !== null) parts.push(`LastModifiedById != ${soqlString(notBy)}`);
  return parts.join(" AND ");
}

function toRow(
  { request, keyField, fields }: FeedQuestion,
  record: ChangedRecord,
  ownId: string,
): ChangedRow {
  const key = canonical(record[keyField.name], keyField);
  const { Id: id, SystemModstamp: stamp, LastModifiedById: userId } = record;
  const user = record.LastModifiedBy;
  return {
    object: request.object,
    id,
    key: key === null ? null : String(key),
    fields: Object.fromEntries(fields.map((field) => [field.name, canonical(record[field.name], field)])),
    stamp,
    createdAt: record.CreatedDate,
    createdBy: record.CreatedById,
    modifiedBy: {
      id: userId,
      name: user?.Name ?? null,
      person: userId !== ownId && isPerson(user?.UserType),
    },
    personAccount: record.IsPersonAccount ?? false,
    accountId: record.AccountId ?? null,
  };
}

/**
 * User types of people, those who sign in to the venue's portal among them (Object reference, User.UserType). The others
 * are the org's own processes: AutomatedProcess, CloudIntegrationUser, Guest and what is yet to come.
 */
const personTypes: ReadonlySet<string> = new Set([
  "Standard",
  "PowerPartner",
  "PowerCustomerSuccess",
  "CustomerSuccess",
  "CspLitePortal",
  "CsnOnly",
  "SelfService",
]);

/** A user whom the connector's user may not see is taken for a person. */
function isPerson(userType: string | null | undefined): boolean {
  return userType === null || userType === undefined || personTypes.has(userType);
}

function tooManyFields({ describe }: ObjectPlan): FaultError {
  return new FaultError({
    code: "set_up",
    sentence: `The mappings read more fields of ${describe.label} than Salesforce takes in one question. Take some fields out of the mappings.`,
    origin: { code: "URI_TOO_LONG", message: describe.name },
  });
}
