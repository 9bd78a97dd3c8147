/** What linked records hold right now, asked before they are written (design §2: no edit is overwritten unseen). */
import { canonical } from "@/lib/core/canonical";
import { FaultError } from "@/lib/core/faults";
import type { CanonicalValue, FieldDescribe, ReadRequest, ReadRow } from "@/lib/core/side";
import { storableText } from "@/lib/core/storable";
import type { SalesforceClient, Subanswer, Subrequest } from "./client";
import type { ReadSchema } from "./describe";
import { answerFault } from "./faults";
import { missingObject, plainFields, planObjects } from "./object-plan";
import type { People } from "./people";
import { soqlName } from "./soql";
import { retrieveAnswerSchema } from "./wire";

const IDS_PER_RETRIEVE = 200;
/** Of the subrequests of a Composite call, five may be collections (salesforce.md §3.6). */
const RETRIEVES_PER_CALL = 5;

interface Retrieve {
  readonly object: string;
  readonly ids: readonly string[];
  readonly fields: readonly FieldDescribe[];
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
  const retrieves = wanted.flatMap(({ object, ids, fields }) => {
    const plan = plans.get(object);
    if (!plan) throw missingObject(object);
    return inRetrieves({ object, ids: [...new Set(ids)], fields: plainFields(plan, fields) });
  });
  const rows: ReadRow[] = [];
  for (let start = 0; start < retrieves.length; start += RETRIEVES_PER_CALL) {
    const batch = retrieves.slice(start, start + RETRIEVES_PER_CALL);
    const answers = await client.composite(batch.map(toSubrequest));
    rows.push(...batch.flatMap((retrieve, index) => toRows(retrieve, answers.get(`r${index}`), people)));
  }
  return rows;
}

function inRetrieves(whole: Retrieve): Retrieve[] {
  const parts: Retrieve[] = [];
  for (let start = 0; start < whole.ids.length; start += IDS_PER_RETRIEVE) {
    parts.push({ ...whole, ids: whole.ids.slice(start, start + IDS_PER_RETRIEVE) });
  }
  return parts;
}

/** Ids and fields travel in the body: in an address there is no room for them (salesforce.md §3.6 Collections). */
function toSubrequest({ object, ids, fields }: Retrieve, index: number): Subrequest {
  const names = new Set([...fields.map(({ name }) => name), "LastModifiedById", "SystemModstamp"]);
  const body = { ids, fields: [...names] };
  return { referenceId: `r${index}`, method: "POST", path: `/composite/sobjects/${soqlName(object)}`, body };
}

/** The answer has a place for every id in the order asked, null where there is no record. */
function toRows(
  { object, ids, fields }: Retrieve,
  answer: Subanswer | undefined,
  people: Pick<People, "has">,
): ReadRow[] {
  const parsed = retrieveAnswerSchema.safeParse(answer?.body);
  if (answer?.status !== 200 || !parsed.success || parsed.data.length !== ids.length) {
    throw new FaultError(answerFault(answer));
  }
  return ids.flatMap((id, index) => {
    const record = parsed.data[index];
    if (!record) return [];
    const values = fields.map(
      (field) => [field.name, storable(canonical(record[field.name], field))] as const,
    );
    const { LastModifiedById: modifiedBy, SystemModstamp: stamp } = record;
    return [
      { object, id, fields: Object.fromEntries(values), modifiedBy, person: people.has(modifiedBy), stamp },
    ];
  });
}

/** What is read is kept beside the link: a text that the database refuses would fail the whole batch. */
function storable(value: CanonicalValue): CanonicalValue {
  return typeof value === "string" ? storableText(value) : value;
}
