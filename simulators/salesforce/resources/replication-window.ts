import { ApiError } from "../http/errors";

export interface ReplicationWindow {
  start: Date;
  end: Date;
}

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const MAX_AGE_DAYS = 30;

/** The date and time formats of the REST API guide, "Valid Date and DateTime Formats". */
const DATE_TIME = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})(?:\.\d+)?(Z|[+-]\d{2}:?\d{2})$/;

/**
 * Start and end of `/updated` and `/deleted`, their seconds ignored. A plus sign that was not encoded arrives as a
 * space, and is read as one.
 * @throws ApiError 400 when one is missing or no date, when start is not before end, or lies more than 30 days back
 */
export function replicationWindow(query: URLSearchParams, now: Date): ReplicationWindow {
  const start = readMoment(query, "start");
  const end = readMoment(query, "end");
  if (start >= end) throw invalidDate("startDate must chronologically precede endDate");
  if (now.getTime() - start.getTime() > MAX_AGE_DAYS * DAY_MS) {
    throw invalidDate(`startDate cannot be more than ${MAX_AGE_DAYS} days ago`);
  }
  return { start, end };
}

function readMoment(query: URLSearchParams, name: string): Date {
  const text = query.get(name);
  if (text === null || text === "") {
    throw new ApiError(400, "MISSING_ARGUMENT", `The ${name} parameter is required`);
  }
  const [, date, time, zone] = DATE_TIME.exec(text.trim().replace(" ", "+")) ?? [];
  const offset = zone?.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone;
  const moment = new Date(`${date}T${time}${offset}`);
  if (zone === undefined || Number.isNaN(moment.getTime())) {
    throw invalidDate(`${name} is not a valid date and time: ${text}`);
  }
  return new Date(Math.floor(moment.getTime() / MINUTE_MS) * MINUTE_MS);
}

function invalidDate(message: string): ApiError {
  return new ApiError(400, "INVALID_REPLICATION_DATE", message);
}
