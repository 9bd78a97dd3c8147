import { NEWEST_VERSION, OLDEST_VERSION } from "./version-changes";
import { versionPath, type RestCall, type RestReply, type Route } from "../http/messages";

const SEASONS = ["Summer", "Winter", "Spring"] as const;

/** What a version's root lists, each with a path that its routes answer. */
const RESOURCES: Readonly<Record<string, string>> = {
  metadata: "/metadata/deployRequest",
  compactLayouts: "/compactLayouts",
  composite: "/composite",
  jobs: "/jobs/ingest",
  limits: "/limits",
  query: "/query",
  queryAll: "/queryAll",
  quickActions: "/quickActions",
  recent: "/recent",
  sobjects: "/sobjects",
  tabs: "/tabs",
  theme: "/theme",
};

export const versionRoutes: Route[] = [{ method: "GET", pattern: /^\/?$/, handle: resources }];

/** `/services/data`: the versions this org speaks; costs no call and needs no token. */
export function listVersions(): { label: string; url: string; version: string }[] {
  const versions = [];
  for (let version = OLDEST_VERSION; version <= NEWEST_VERSION; version++) {
    versions.push({ label: releaseName(version), url: versionPath(version), version: `${version}.0` });
  }
  return versions;
}

/** Three releases a year; 37.0 was Summer '16, and a winter release bears the year that it leads to. */
function releaseName(version: number): string {
  const releases = version - OLDEST_VERSION;
  const year = 16 + Math.ceil(releases / 3);
  return `${SEASONS[releases % 3] ?? ""} '${year}`;
}

/** The resources of a version (REST API guide, "Resources by Version"): those that this org answers. */
function resources({ org, session, request, routes }: RestCall): RestReply {
  const base = versionPath(request.version);
  const answered = Object.entries(RESOURCES).filter(([, path]) =>
    routes.some(({ pattern }) => pattern.test(path)),
  );
  return {
    status: 200,
    body: {
      ...Object.fromEntries(answered.map(([name]) => [name, `${base}/${name}`])),
      identity: `${request.origin}/id/${org.setup.organizationId}/${session.userId}`,
    },
  };
}
