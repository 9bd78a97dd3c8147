import { readColumns, type Column } from "./columns";
import { CsvFile } from "./csv-file";
import { clientInputError, JobFailure } from "./errors";
import type { IngestJob } from "./job";
import { CHUNK_RECORDS, processChunk } from "./process-chunk";
import type { Target } from "./save-record";
import type { Work } from "./worker";
import type { Org } from "../org/org";
import { writerFor } from "../write/writer";

const SCANNED_PER_STEP = 2_000;
/** Records of a batch, the unit of the daily allowance (Bulk API 2.0 guide, "How Requests Are Processed"). */
const BATCH_RECORDS = 10_000;

/** The work of an ingest job: read the data, check the header, save chunk after chunk. */
export function ingestWork(org: Org, job: IngestJob): Work {
  const end = org.faults.takeBulkFailure(job.objectName);
  let file: CsvFile | undefined;
  let columns: readonly Column[] | undefined;
  return {
    step: (due) => {
      file ??= openFile(job);
      if (!columns) {
        if (!file.scan(SCANNED_PER_STEP)) return "more";
        job.file = file;
        columns = readColumns(...namedIn(org, job), job.operation, file.header);
        org.jobs.countBatches(Math.ceil(file.size / BATCH_RECORDS), org.now());
      }
      if (end && job.processed >= Math.min(end.afterRows, file.size)) throw new JobFailure(end.message);
      if (job.processed >= file.size) return due(1) < 1 ? "later" : "done";
      const isDue = due(file.size) >= Math.min(file.size, job.processed + CHUNK_RECORDS);
      if (!isDue) return "later";
      processChunk(job, file, columns, targetOf(org, job));
      return "more";
    },
  };
}

/** @throws JobFailure for data that are no UTF-8, have the wrong line ends or no readable header */
function openFile(job: IngestJob): CsvFile {
  if (job.isGarbled) throw clientInputError("The job data are not valid UTF-8");
  return new CsvFile(job.content ?? "", job.columnDelimiter, job.lineEnding);
}

function namedIn(org: Org, job: IngestJob): [Target["writer"]["schema"], Target["object"]] {
  const { writer, object } = targetOf(org, job);
  return [writer.schema, object];
}

/** The object may have changed since the last chunk, and what the job's user may do with it. */
function targetOf(org: Org, job: IngestJob): Target {
  const writer = writerFor(org, job.createdById);
  const object = writer.schema.find(job.objectName);
  if (!object) throw new JobFailure(`InvalidJob : Unable to find object: ${job.objectName}`);
  const { operation, externalIdFieldName } = job;
  const key = externalIdFieldName === undefined ? undefined : object.field(externalIdFieldName);
  return { org, writer, object, operation, key };
}
