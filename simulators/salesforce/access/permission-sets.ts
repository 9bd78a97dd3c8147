import { permissionObject } from "./user-access";
import type { Row } from "../model/types";
import type { Org } from "../org/org";

/** The live permission set with this API name that no profile owns. */
export function permissionSetNamed(org: Org, name: string): Row | undefined {
  for (const row of org.store.table(permissionObject(org.schema, "PermissionSet")).all()) {
    const isNamed = String(row.Name).toLowerCase() === name.toLowerCase();
    if (isNamed && !row.IsDeleted && row.IsOwnedByProfile !== true) return row;
  }
  return undefined;
}
