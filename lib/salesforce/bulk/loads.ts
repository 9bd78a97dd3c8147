/**
 * Bulk API 2.0 ingest by plain calls, so that each is counted, timed and never repeated unseen. jsforce's own helper deletes
 * jobs that it gave up waiting for (salesforce.md §8).
 */
import { z } from "zod";
import {
  BulkRefused,
  type BulkFile,
  type BulkLoads,
  type BulkProgress,
  type BulkTarget,
} from "@/lib/core/bulk";
import { FaultError } from "@/lib/core/faults";
import type { RowResult, WriteRow } from "@/lib/core/side";
import { CallRefused } from "../call-failure";
import type { Call, SalesforceClient } from "../client";
import type { ReadSchema } from "../describe";
import { missingObject, planObjects, type ObjectPlan } from "../object-plan";
import { planRow } from "../write-groups";
import { bulkFile, mostBytes } from "./file";
import { byIdentity, failures, successes } from "./results";

const jobs = "/jobs/ingest";
/** Files are large; the org allows ten minutes. */
const fileTimeoutMs = 9 * 60_000;

const jobSchema = z.object({
  id: z.string(),
  state: z.enum(["Open", "UploadComplete", "InProgress", "JobComplete", "Aborted", "Failed"]),
  numberRecordsProcessed: z.number().default(0),
  numberRecordsFailed: z.number().default(0),
});

const stateOf = {
  Open: "open",
  UploadComplete: "working",
  InProgress: "working",
  JobComplete: "complete",
  Aborted: "failed",
  Failed: "failed",
} as const satisfies Record<string, BulkProgress["state"]>;

export function createBulkLoads(
  client: SalesforceClient,
  readSchema: ReadSchema,
  fileBytes = mostBytes,
): BulkLoads {
  const json = (method: Call["method"], path: string, body: unknown) =>
    client.call({ method, path, body: JSON.stringify(body), contentType: "application/json" });
  const results = async (id: string, which: string): Promise<string> => {
    const path = `${jobs}/${id}/${which}`;
    return (await client.call({ method: "GET", path, accept: "text/csv", timeoutMs: fileTimeoutMs })).text;
  };
  return {
    file: async (target, rows): Promise<BulkFile> =>
      bulkFile(target, rows, await planOf(readSchema, target, rows), fileBytes),
    open: (target) =>
      orRefused(async () => {
        const { object, verb, keyField } = target;
        const key = verb === "upsert" ? { externalIdFieldName: keyField } : {};
        const format = { contentType: "CSV", columnDelimiter: "COMMA", lineEnding: "LF" };
        const answer = await json("POST", jobs, { object, operation: verb, ...key, ...format });
        return readJob(answer.body).id;
      }),
    load: (id, text) =>
      orRefused(async () => {
        await client.call({
          method: "PUT",
          path: `${jobs}/${id}/batches`,
          body: text,
          contentType: "text/csv; charset=UTF-8",
          timeoutMs: fileTimeoutMs,
        });
        await json("PATCH", `${jobs}/${id}`, { state: "UploadComplete" });
      }),
    look: async (id) => {
      try {
        return progressOf(readJob((await client.call({ method: "GET", path: `${jobs}/${id}` })).body));
      } catch (error) {
        if (isGone(error)) return null;
        throw error;
      }
    },
    abort: async (id) => {
      try {
        await json("PATCH", `${jobs}/${id}`, { state: "Aborted" });
      } catch (error) {
        // It has ended meanwhile, which is as good.
        if (!isGone(error) && !(error instanceof CallRefused && error.status === 400)) throw error;
      }
    },
    results: async (id, target, rows, { processed, failed }): Promise<readonly RowResult[]> => {
      const plan = await planOf(readSchema, target, rows);
      const planned = byIdentity(rows.map((row) => planRow(row, plan)));
      const good =
        failed < processed ? successes(await results(id, "successfulResults"), target, planned) : [];
      const bad = failed > 0 ? failures(await results(id, "failedResults"), target, planned) : [];
      return [...good, ...bad];
    },
  };
}

async function planOf(
  readSchema: ReadSchema,
  { object }: BulkTarget,
  rows: readonly WriteRow[],
): Promise<ObjectPlan> {
  const fields = new Set(rows.flatMap((row) => Object.keys(row.fields)));
  const plan = (await planObjects(readSchema, [{ object, fields }])).get(object);
  if (!plan) throw new BulkRefused(missingObject(object).fault);
  return plan;
}

/** What the org says of one job is no fault of the whole org: what it refuses here it may take by single calls. */
async function orRefused<T>(step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    const about = error instanceof CallRefused && error.status >= 400 && error.status < 420;
    if (!about || ["org_limit", "org_crowded", "sign_in"].includes(error.fault.code)) throw error;
    const said = error.fault.origin?.message ?? "";
    const sentence = `Salesforce does not take this as a Bulk job${said && `: ${said}`}. The records are written by single calls instead.`;
    throw new BulkRefused({ ...error.fault, code: "refused", sentence }, { cause: error });
  }
}

function isGone(error: unknown): boolean {
  return error instanceof CallRefused && (error.status === 404 || error.status === 410);
}

function readJob(body: unknown): z.infer<typeof jobSchema> {
  const job = jobSchema.safeParse(body);
  if (job.success) return job.data;
  throw new FaultError({
    code: "org_unreachable",
    sentence:
      "What came back is not an answer of Salesforce. Check the login URL and whether a proxy stands in between.",
  });
}

function progressOf(job: z.infer<typeof jobSchema>): BulkProgress {
  const { state, numberRecordsProcessed: processed, numberRecordsFailed: failed } = job;
  return { state: stateOf[state], processed, failed };
}
