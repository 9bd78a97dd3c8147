import { ApiError } from "./errors";
import { MRU_HEADER } from "../resources/version-changes";

/**
 * What `Sforce-Mru: updateMru=…` says: whether a record that is created, updated or read becomes a recent item of its
 * user. Versions before the header do not read it (REST API guide, "MRU Header").
 * @throws ApiError 400 for a value that is not of the documented form
 */
export function updatesRecentItems(
  headers: Readonly<Record<string, string | undefined>>,
  version: number,
): boolean {
  const header = headers["sforce-mru"];
  if (header === undefined || version < MRU_HEADER) return true;
  const match = /^\s*updateMru\s*=\s*(true|false)\s*$/i.exec(header);
  if (match?.[1]) return match[1].toLowerCase() === "true";
  throw new ApiError(400, "INVALID_HEADER", `The Sforce-Mru header is not valid: ${header}`);
}
