import { ingestJobRoutes } from "./ingest-jobs";
import { ingestResultRoutes } from "./ingest-results";
import { jobListRoutes } from "./job-lists";
import { queryJobRoutes } from "./query-jobs";
import { queryResultRoutes } from "./query-results";
import type { Route } from "../http/messages";

/** Bulk API 2.0: jobs that load data, and jobs that query them. */
export const bulkRoutes: readonly Route[] = [
  ...jobListRoutes,
  ...ingestJobRoutes,
  ...ingestResultRoutes,
  ...queryJobRoutes,
  ...queryResultRoutes,
];
