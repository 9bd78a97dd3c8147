import { versionPath, type RestCall, type RestReply, type Route } from "../http/messages";

export const OLDEST_VERSION = 37;
export const NEWEST_VERSION = 66;

const SEASONS = ["Summer", "Winter", "Spring"] as const;

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

/** The resources of a version. */
function resources({ org, session, request }: RestCall): RestReply {
  const base = versionPath(request.version);
  return {
    status: 200,
    body: {
      query: `${base}/query`,
      queryAll: `${base}/queryAll`,
      sobjects: `${base}/sobjects`,
      composite: `${base}/composite`,
      limits: `${base}/limits`,
      identity: `${request.origin}/id/${org.setup.organizationId}/${session.userId}`,
    },
  };
}
