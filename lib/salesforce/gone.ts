/** What became of records that are no longer there: in the recycle bin, merged into another, or gone for good. */
import { FaultError } from "@/lib/core/faults";
import type { GoneRow } from "@/lib/core/side";
import { z } from "zod";
import type { SalesforceClient, Subanswer } from "./client";
import type { ReadSchema } from "./describe";
import { answerFault } from "./faults";
import { missingObject, planObjects, type ObjectPlan } from "./object-plan";
import { fullId } from "./record-id";
import { selectByKeys, soqlString } from "./soql";
import { binnedRecordSchema, queryAnswerSchema } from "./wire";

const IDS_PER_QUERY = 200;
const QUERIES_PER_CALL = 5;

type BinnedRecord = z.infer<typeof binnedRecordSchema>;

/**
 * `masterId` is the winner of the merge that ended the record, which may itself be gone by now. Of what the recycle bin
 * no longer holds nobody knows whether it was merged: null. Throws FaultError.
 */
export async function findGone(
  client: SalesforceClient,
  readSchema: ReadSchema,
  object: string,
  ids: readonly string[],
): Promise<readonly GoneRow[]> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return [];
  const plan = (await planObjects(readSchema, [{ object, fields: [] }])).get(object);
  if (!plan) throw missingObject(object);
  const paths: string[] = [];
  for (let start = 0; start < wanted.length; start += IDS_PER_QUERY) {
    paths.push(queryPath(plan, wanted.slice(start, start + IDS_PER_QUERY)));
  }
  const found = new Map<string, BinnedRecord>();
  for (let start = 0; start < paths.length; start += QUERIES_PER_CALL) {
    const batch = paths.slice(start, start + QUERIES_PER_CALL);
    const answers = await client.composite(
      batch.map((path, index) => ({ referenceId: `g${index}`, method: "GET", path })),
    );
    for (const index of batch.keys()) {
      for (const record of toRecords(answers.get(`g${index}`))) found.set(fullId(record.Id), record);
    }
  }
  return wanted.flatMap((id) => {
    const record = found.get(fullId(id));
    if (record && !record.IsDeleted) return [];
    return [{ id, masterId: record?.MasterRecordId ?? null, binned: record !== undefined }];
  });
}

/** Custom objects cannot be merged and have no MasterRecordId. `/queryAll` shows the recycle bin (salesforce.md §4.1). */
function queryPath({ describe, fields }: ObjectPlan, ids: readonly string[]): string {
  const columns = ["Id", "IsDeleted", ...(fields.has("MasterRecordId") ? ["MasterRecordId"] : [])];
  const soql = selectByKeys(describe.name, columns, "Id", ids.map(soqlString));
  return `/queryAll?q=${encodeURIComponent(soql)}`;
}

function toRecords(answer: Subanswer | undefined): readonly BinnedRecord[] {
  const parsed = queryAnswerSchema.extend({ records: z.array(binnedRecordSchema) }).safeParse(answer?.body);
  if (answer?.status !== 200 || !parsed.success) throw new FaultError(answerFault(answer));
  return parsed.data.records;
}
