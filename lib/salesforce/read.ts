/** What linked records hold right now, asked before they are written (design §2: no edit is overwritten unseen). */
import { canonical } from "@/lib/core/canonical";
import { FaultError } from "@/lib/core/faults";
import type { CanonicalValue, FieldDescribe, ReadRequest, ReadRow } from "@/lib/core/side";
import { storableText } from "@/lib/core/storable";
import type { SalesforceClient, Subanswer, Subrequest } from "./client";
import type { ReadSchema } from "./describe";
import { answerFault } from "./faults";
import { fieldsOf, missingObject, planObjects } from "./object-plan";
import type { People } from "./people";
import { referenceColumn } from "./references";
import { QUERY_BYTES, queryBytes, selectByKeys, soqlName, soqlString } from "./soql";
import { readAnswerSchema, retrieveAnswerSchema, valueAt, type ReadRecord } from "./wire";

const IDS_PER_RETRIEVE = 200;
/** Of the subrequests of a Composite call, five may be collections or queries (salesforce.md §3.6). */
const RETRIEVES_PER_CALL = 5;

interface Retrieve {
  readonly object: string;
  readonly ids: readonly string[];
  readonly fields: readonly FieldDescribe[];
  /** By lookup field: where the external id of what it points to is found. Collections know none, only queries do. */
  readonly references: ReadonlyMap<string, string>;
  /** The rest of an answer that the org gave in pages. */
  readonly next?: string;
}

/** Records that are gone, or that the connector's user may not see, are left out. Throws FaultError. */
export async function readRows(
  client: SalesforceClient,
  readSchema: ReadSchema,
  people: Pick<People, "has">,
  requests: readonly ReadRequest[],
): Promise<readonly ReadRow[]> {
  const wanted = requests.filter(({ ids }) => ids.length > 0);
  if (wanted.length === 0) return [];
  const plans = await planObjects(readSchema, wanted);
  const retrieves = wanted.flatMap(({ object, ids, fields: names }) => {
    const plan = plans.get(object);
    if (!plan) throw missingObject(object);
    const fields = fieldsOf(plan, names);
    const references = fields.flatMap(({ name }) => {
      const path = plan.references.get(name);
      return path ? [[name, referenceColumn(path)] as const] : [];
    });
    return inRetrieves({ object, ids: [...new Set(ids)], fields, references: new Map(references) });
  });
  const rows: ReadRow[] = [];
  while (retrieves.length > 0) {
    const batch = retrieves.splice(0, RETRIEVES_PER_CALL);
    const answers = await client.composite(batch.map(toSubrequest));
    for (const [index, retrieve] of batch.entries()) {
      const { records, next } = readAnswer(retrieve, answers.get(`r${index}`));
      rows.push(...records.map(([id, record]) => toRow(retrieve, id, record, people)));
      if (next) retrieves.push({ ...retrieve, next });
    }
  }
  return rows;
}

function inRetrieves(whole: Retrieve): Retrieve[] {
  const size = whole.references.size === 0 ? IDS_PER_RETRIEVE : idsPerQuery(whole);
  const parts: Retrieve[] = [];
  for (let start = 0; start < whole.ids.length; start += size) {
    parts.push({ ...whole, ids: whole.ids.slice(start, start + size) });
  }
  return parts;
}

function idsPerQuery(whole: Retrieve): number {
  const room = QUERY_BYTES - queryBytes(soqlOf({ ...whole, ids: [] }));
  const perId = queryBytes(`'${whole.ids[0] ?? ""}',`);
  return Math.min(IDS_PER_RETRIEVE, Math.max(1, Math.floor(room / perId)));
}

function columnsOf({ fields, references }: Retrieve): string[] {
  const names = fields.map(({ name }) => name);
  return [...new Set([...names, ...references.values(), "LastModifiedById", "SystemModstamp"])];
}

function soqlOf(retrieve: Retrieve): string {
  const { object, ids } = retrieve;
  return selectByKeys(object, ["Id", ...columnsOf(retrieve)], "Id", ids.map(soqlString));
}

function toSubrequest(retrieve: Retrieve, index: number): Subrequest {
  const { object, ids, references, next } = retrieve;
  const referenceId = `r${index}`;
  if (references.size > 0)
    return { referenceId, method: "GET", path: next ?? `/query?q=${encodeURIComponent(soqlOf(retrieve))}` };
  // Ids and fields travel in the body: in an address there is no room for them (salesforce.md §3.6 Collections).
  const body = { ids, fields: columnsOf(retrieve) };
  return { referenceId, method: "POST", path: `/composite/sobjects/${soqlName(object)}`, body };
}

interface ReadAnswer {
  readonly records: readonly (readonly [id: string, record: ReadRecord])[];
  readonly next?: string;
}

function readAnswer(retrieve: Retrieve, answer: Subanswer | undefined): ReadAnswer {
  return retrieve.references.size > 0 ? readQuery(answer) : readCollection(retrieve, answer);
}

/** The answer has a place for every id in the order asked, null where there is no record. */
function readCollection({ ids }: Retrieve, answer: Subanswer | undefined): ReadAnswer {
  const parsed = retrieveAnswerSchema.safeParse(answer?.body);
  if (answer?.status !== 200 || !parsed.success || parsed.data.length !== ids.length) {
    throw new FaultError(answerFault(answer));
  }
  const records = ids.flatMap((id, index) => {
    const record = parsed.data[index];
    return record ? [[id, record] as const] : [];
  });
  return { records };
}

function readQuery(answer: Subanswer | undefined): ReadAnswer {
  const parsed = readAnswerSchema.safeParse(answer?.body);
  if (answer?.status !== 200 || !parsed.success) throw new FaultError(answerFault(answer));
  const { records, done, nextRecordsUrl } = parsed.data;
  return {
    records: records.map((record) => [record.Id, record] as const),
    ...(!done && nextRecordsUrl && { next: nextRecordsUrl }),
  };
}

function toRow(
  { object, fields, references }: Retrieve,
  id: string,
  record: ReadRecord,
  people: Pick<People, "has">,
): ReadRow {
  const values = fields.map((field) => {
    const column = references.get(field.name);
    // A record that is none of ours has no external id; the lookup is not empty for it.
    const value = (column && valueAt(record, column)) ?? record[field.name];
    return [field.name, storable(canonical(value, field))] as const;
  });
  const { LastModifiedById: modifiedBy, SystemModstamp: stamp } = record;
  return {
    object,
    id,
    fields: Object.fromEntries(values),
    modifiedBy,
    person: people.has(modifiedBy),
    stamp,
  };
}

/** What is read is kept beside the link: a text that the database refuses would fail the whole batch. */
function storable(value: CanonicalValue): CanonicalValue {
  return typeof value === "string" ? storableText(value) : value;
}
