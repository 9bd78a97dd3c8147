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
  const failure = org.faults.takeBulkFailure(job.objectName);
  let reading: CsvFile | undefined;
  let columns: ReadColumns | undefined;
  return {
    step: (due) => {
      const file = (reading ??= openFile(job));
      if (!job.file) {
        if (!file.scan(SCANNED_PER_STEP)) return "more";
        job.file = file;
        columns = columnsFor(org, job, file, undefined);
        org.jobs.countBatches(Math.ceil(file.size / BATCH_RECORDS), org.now());
      }
      const end = Math.min(file.size, failure?.afterRows ?? file.size);
      if (failure && job.processed >= end) throw new JobFailure(failure.message);
      if (job.processed >= file.size) return due(1) < 1 ? "later" : "done";
      if (due(file.size) < Math.min(end, job.processed + CHUNK_RECORDS)) return "later";
      columns = columnsFor(org, job, file, columns);
      processChunk(job, file, columns.columns, columns.target, end);
      return "more";
    },
  };
}

/** Columns as fields of a schema; another schema has others, even if they bear the same names. */
interface ReadColumns {
  target: Target;
  columns: readonly Column[];
}

/**
 * The columns for the next chunk: read again when the schema, or what the job's user may see of it, has changed.
 * @throws JobFailure
 */
function columnsFor(org: Org, job: IngestJob, file: CsvFile, known: ReadColumns | undefined): ReadColumns {
  const target = targetOf(org, job);
  if (known?.target.object === target.object) return { target, columns: known.columns };
  return { target, columns: readColumns(target.writer.schema, target.object, job.operation, file.header) };
}

/** @throws JobFailure for data that are no UTF-8, have the wrong line ends or no readable header */
function openFile(job: IngestJob): CsvFile {
  if (job.isGarbled) throw clientInputError("The job data are not valid UTF-8");
  return new CsvFile(job.content ?? "", job.columnDelimiter, job.lineEnding);
}

/** The object and the key as the job's user may see them now. @throws JobFailure when there is none */
function targetOf(org: Org, job: IngestJob): Target {
  const writer = writerFor(org, job.createdById);
  const object = writer.schema.find(job.objectName);
  if (!object) throw new JobFailure(`InvalidJob : Unable to find object: ${job.objectName}`);
  const { operation, externalIdFieldName } = job;
  const key = externalIdFieldName === undefined ? undefined : object.field(externalIdFieldName);
  if (externalIdFieldName !== undefined && !key) {
    throw new JobFailure(
      `InvalidJob : Field name provided, ${externalIdFieldName} does not match an External ID for ${object.name}`,
    );
  }
  return { org, writer, object, operation, key };
}
