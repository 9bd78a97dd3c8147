import { setTimeout as sleep } from "node:timers/promises";
import { parse } from "csv-parse/sync";
import type { TestOrg } from "../test-org";

export interface JobInfo {
  id: string;
  state: string;
  errorMessage?: string;
  numberRecordsProcessed?: number;
  numberRecordsFailed?: number;
  [property: string]: unknown;
}

export interface TextAnswer {
  status: number;
  text: string;
  headers: Headers;
}

export interface Results {
  saved: Record<string, string>[];
  failed: Record<string, string>[];
  rest: Record<string, string>[];
}

const ENDED = ["JobComplete", "Failed", "Aborted"];

/** A call below `/services/data/v62.0/jobs` whose answer may be CSV. */
export async function callJobs(
  org: TestOrg,
  method: string,
  path: string,
  body?: string | Buffer,
  headers: Record<string, string> = {},
  version = "62.0",
): Promise<TextAnswer> {
  const response = await fetch(`${org.url}/services/data/v${version}/jobs${path}`, {
    method,
    headers: { authorization: `Bearer ${org.accessToken}`, ...headers },
    body: typeof body === "object" ? new Uint8Array(body) : body,
  });
  return { status: response.status, text: await response.text(), headers: response.headers };
}

export async function createJob(org: TestOrg, properties: Record<string, unknown>): Promise<JobInfo> {
  const answer = await org.api<JobInfo>("POST", "/jobs/ingest", { object: "Contact", ...properties });
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
  return answer.body;
}

export async function upload(org: TestOrg, id: string, csv: string | Buffer): Promise<TextAnswer> {
  return callJobs(org, "PUT", `/ingest/${id}/batches`, csv, { "content-type": "text/csv" });
}

export async function setState(org: TestOrg, id: string, state: string, kind = "ingest") {
  return org.api<JobInfo>("PATCH", `/jobs/${kind}/${id}`, { state });
}

export async function look(org: TestOrg, id: string, kind = "ingest"): Promise<JobInfo> {
  return (await org.api<JobInfo>("GET", `/jobs/${kind}/${id}`)).body;
}

/** Waits until the job has ended, and gives its last information. */
export async function ended(org: TestOrg, id: string, kind = "ingest"): Promise<JobInfo> {
  for (;;) {
    const info = await look(org, id, kind);
    if (ENDED.includes(info.state)) return info;
    await sleep(5);
  }
}

/** Creates a job, fills it, closes it, and waits for its end. */
export async function load(
  org: TestOrg,
  properties: Record<string, unknown>,
  csv: string | Buffer,
): Promise<JobInfo> {
  const { id } = await createJob(org, properties);
  await upload(org, id, csv);
  await setState(org, id, "UploadComplete");
  return ended(org, id);
}

/** The three result files of a job as records. */
export async function resultsOf(org: TestOrg, id: string, delimiter = ","): Promise<Results> {
  const [saved, failed, rest] = await Promise.all(
    ["successfulResults", "failedResults", "unprocessedrecords"].map(async (name) => {
      const { text } = await callJobs(org, "GET", `/ingest/${id}/${name}`);
      return records(text, delimiter);
    }),
  );
  return { saved: saved ?? [], failed: failed ?? [], rest: rest ?? [] };
}

/** CSV read by a library, so that the simulator's own reader and writer are held against another's. */
export function records(csv: string, delimiter = ","): Record<string, string>[] {
  return parse(csv, { columns: true, delimiter, relax_column_count: true });
}

/** Creates a query job, waits for its end, and gives the first page of its results. */
export async function queryResults(
  org: TestOrg,
  query: string,
  properties: Record<string, unknown> = {},
): Promise<TextAnswer> {
  const created = await org.api<JobInfo>("POST", "/jobs/query", { operation: "query", query, ...properties });
  if (created.status !== 200) throw new Error(JSON.stringify(created.body));
  await ended(org, created.body.id, "query");
  return callJobs(org, "GET", `/query/${created.body.id}/results`, undefined, { accept: "text/csv" });
}
