import {
  APEX_TEST_LIMIT,
  BULK_BATCHES_LIMIT,
  BULK_QUERY_LIMITS,
  EVENT_ENTITLEMENT_LIMIT,
  PERMISSION_SET_LIMITS,
  RETRIEVE_LIMIT,
} from "./version-changes";
import type { RestCall, RestReply, Route } from "../http/messages";
import type { Org } from "../org/org";

/** `/limits` (REST API guide, "Limits"). */
export const limitsRoutes: Route[] = [
  { method: "GET", pattern: /^\/limits\/?$/, handle: limits, composable: true },
];

interface Limit {
  max: number;
  since?: number;
  until?: number;
}

/** Allocations of an Enterprise Edition org without add-ons, besides those in `ownLimits`. */
const LIMITS: Readonly<Record<string, Limit>> = {
  ActiveScratchOrgs: { max: 40 },
  AnalyticsExternalDataSizeMB: { max: 40_960 },
  ConcurrentAsyncGetReportInstances: { max: 200 },
  ConcurrentEinsteinDataInsightsStoryCreation: { max: 5 },
  ConcurrentEinsteinDiscoveryStoryCreation: { max: 2 },
  ConcurrentSyncReportRuns: { max: 20 },
  ContentDistBandwidthLimitMB: { max: 102_400 },
  ContentDistViewLimit: { max: 200_000 },
  ContentPublicationLimit: { max: 200_000 },
  DailyAnalyticsDataflowJobExecutions: { max: 60 },
  DailyAnalyticsUploadedFilesSizeMB: { max: 51_200 },
  DailyAsyncApexExecutions: { max: 250_000 },
  DailyAsyncApexTests: { max: 500, since: APEX_TEST_LIMIT },
  DailyDeliveredPlatformEvents: { max: 25_000 },
  DailyDurableGenericStreamingApiEvents: { max: 200_000 },
  DailyDurableStreamingApiEvents: { max: 200_000 },
  DailyEinsteinDataInsightsStoryCreation: { max: 1_000 },
  DailyEinsteinDiscoveryOptimizationJobRuns: { max: 50 },
  DailyEinsteinDiscoveryPredictAPICalls: { max: 50_000 },
  DailyEinsteinDiscoveryPredictionsByCDC: { max: 500_000 },
  DailyEinsteinDiscoveryStoryCreation: { max: 100 },
  DailyMetadataRetrievesWithDependencies: { max: 1_000, since: RETRIEVE_LIMIT },
  DailyScratchOrgs: { max: 80 },
  DailyStandardVolumePlatformEvents: { max: 25_000 },
  DailyWorkflowEmails: { max: 2_000 },
  DataStorageMB: { max: 10_240 },
  DurableStreamingApiConcurrentClients: { max: 1_000 },
  ExternalServicesActiveObjects: { max: 7_500 },
  ExternalServicesActiveOperations: { max: 1_500 },
  ExternalServicesObjectProperties: { max: 1_000_000 },
  ExternalServicesObjects: { max: 100_000 },
  ExternalServicesOperations: { max: 15_000 },
  ExternalServicesRegistrations: { max: 150 },
  FileStorageMB: { max: 10_240 },
  HourlyAsyncReportRuns: { max: 1_200 },
  HourlyDashboardRefreshes: { max: 200 },
  HourlyDashboardResults: { max: 5_000 },
  HourlyDashboardStatuses: { max: 999_999_999 },
  HourlyLongTermIdMapping: { max: 100_000 },
  HourlyODataCallout: { max: 20_000 },
  HourlyPublishedPlatformEvents: { max: 250_000 },
  HourlyPublishedStandardVolumePlatformEvents: { max: 100_000 },
  HourlyShortTermIdMapping: { max: 100_000 },
  HourlySyncReportRuns: { max: 500 },
  HourlyTimeBasedWorkflow: { max: 1_000 },
  MassEmail: { max: 5_000 },
  MaxContentDocumentsLimit: { max: 30_000_000 },
  MonthlyEinsteinDiscoveryStoryCreation: { max: 500 },
  MonthlyPlatformEvents: { max: 750_000, until: EVENT_ENTITLEMENT_LIMIT },
  MonthlyPlatformEventsUsageEntitlement: { max: 750_000, since: EVENT_ENTITLEMENT_LIMIT },
  Package2VersionCreates: { max: 6 },
  Package2VersionCreatesWithoutValidation: { max: 500 },
  PlatformEventTriggersWithParallelProcessing: { max: 5 },
  PrivateConnectOutboundCalloutHourlyLimitMB: { max: 0 },
  ScheduledFlowRunLimit: { max: 250_000 },
  ScheduledPathRunLimit: { max: 1_000_000 },
  SingleEmail: { max: 5_000 },
};

const RECORD_KB = 2;
const MOST_PERMISSION_SETS = 1_500;
const MOST_CUSTOM_PERMISSION_SETS = 1_000;

/** Max and Remaining by name. What the org does not do is never used. */
function limits({ org, request: { version } }: RestCall): RestReply {
  const used = usage(org);
  const body: Record<string, unknown> = {};
  for (const [name, { max, since = 0, until = Infinity }] of Object.entries({
    ...LIMITS,
    ...ownLimits(org),
  })) {
    if (version < since || version >= until) continue;
    body[name] = { Max: max, Remaining: Math.max(0, max - (used[name] ?? 0)) };
  }
  if (version >= PERMISSION_SET_LIMITS) body.PermissionSets = permissionSets(org);
  return { status: 200, body: Object.fromEntries(Object.entries(body).sort(([a], [b]) => (a < b ? -1 : 1))) };
}

/** The limits that an org can be started with. */
function ownLimits({ options }: Org): Record<string, Limit> {
  const { allowances } = options.bulk;
  return {
    DailyApiRequests: { max: options.dailyApiRequests },
    DailyBulkApiBatches: { max: allowances.DailyBulkApiBatches, since: BULK_BATCHES_LIMIT },
    DailyBulkApiRequests: { max: allowances.DailyBulkApiBatches, until: BULK_BATCHES_LIMIT },
    DailyBulkV2QueryFileStorageMB: {
      max: allowances.DailyBulkV2QueryFileStorageMB,
      since: BULK_QUERY_LIMITS,
    },
    DailyBulkV2QueryJobs: { max: allowances.DailyBulkV2QueryJobs, since: BULK_QUERY_LIMITS },
  };
}

function usage(org: Org): Readonly<Record<string, number>> {
  const bulk = org.jobs.usage(org.now());
  return {
    ...bulk,
    DailyApiRequests: org.stats.callsOfDay(org.now()),
    DailyBulkApiRequests: bulk.DailyBulkApiBatches,
    DataStorageMB: Math.ceil((liveRows(org) * RECORD_KB) / 1024),
  };
}

/** Most records take 2 KB of data storage (Salesforce Help, "Data and File Storage Allocations"). */
function liveRows(org: Org): number {
  return org.schema.objects.reduce((rows, object) => rows + org.store.table(object).countLive, 0);
}

function permissionSets(org: Org) {
  const object = org.schema.find("PermissionSet");
  const rows = object ? [...org.store.table(object).all()] : [];
  const own = rows.filter((row) => !row.IsDeleted && row.IsOwnedByProfile !== true).length;
  return {
    Max: MOST_PERMISSION_SETS,
    Remaining: MOST_PERMISSION_SETS - own,
    CreateCustom: { Max: MOST_CUSTOM_PERMISSION_SETS, Remaining: MOST_CUSTOM_PERMISSION_SETS - own },
  };
}
