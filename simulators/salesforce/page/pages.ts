import type { Org } from "../org/org";

/** The pages for people; undefined for a path that is none. */
export function answerPage(
  _org: Org,
  _path: string,
  _query: URLSearchParams,
): { status: number; html: string } | undefined {
  return undefined;
}
