import { collectionRoutes } from "./collections";
import { collectionRetrieveRoutes } from "./collections-retrieve";
import { collectionUpsertRoutes } from "./collections-upsert";
import { compositeRoutes } from "./composite";
import { describeRoutes } from "./describe";
import { externalIdRoutes } from "./external-id";
import { limitsRoutes } from "./limits";
import { queryRoutes } from "./query";
import { rowRoutes } from "./rows";
import { versionRoutes } from "./versions";
import type { Route } from "../http/messages";

/** Every resource below `/services/data/vXX.0`; the first route that matches answers. */
export const routes: readonly Route[] = [
  ...versionRoutes,
  ...describeRoutes,
  ...rowRoutes,
  ...externalIdRoutes,
  ...compositeRoutes,
  ...collectionRoutes,
  ...collectionUpsertRoutes,
  ...collectionRetrieveRoutes,
  ...queryRoutes,
  ...limitsRoutes,
];
