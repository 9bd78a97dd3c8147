import { collectionRoutes } from "./collections";
import { collectionRetrieveRoutes } from "./collections-retrieve";
import { collectionUpsertRoutes } from "./collections-upsert";
import { compactLayoutRoutes } from "./compact-layouts";
import { compositeRoutes } from "./composite";
import { describeRoutes } from "./describe";
import { describeLayoutRoutes } from "./describe-layouts";
import { externalIdRoutes } from "./external-id";
import { limitsRoutes } from "./limits";
import { listViewRoutes } from "./list-views";
import { processRoutes } from "./process";
import { queryRoutes } from "./query";
import { quickActionRoutes } from "./quick-actions";
import { recentRoutes } from "./recent";
import { recordCountRoutes } from "./record-count";
import { replicationRoutes } from "./replication";
import { relationshipRoutes } from "./relationships";
import { rowRoutes } from "./rows";
import { tabRoutes } from "./tabs";
import { versionRoutes } from "./versions";
import { bulkRoutes } from "../bulk/routes";
import { metadataRoutes } from "../metadata/routes";
import type { Route } from "../http/messages";

/** Every resource below `/services/data/vXX.0`; the first route that matches answers. */
export const routes: readonly Route[] = [
  ...versionRoutes,
  ...describeRoutes,
  ...describeLayoutRoutes,
  ...compactLayoutRoutes,
  ...listViewRoutes,
  ...quickActionRoutes,
  ...replicationRoutes,
  ...rowRoutes,
  ...relationshipRoutes,
  ...externalIdRoutes,
  ...compositeRoutes,
  ...collectionRoutes,
  ...collectionUpsertRoutes,
  ...collectionRetrieveRoutes,
  ...processRoutes,
  ...queryRoutes,
  ...limitsRoutes,
  ...bulkRoutes,
  ...recordCountRoutes,
  ...recentRoutes,
  ...tabRoutes,
  ...metadataRoutes,
];
