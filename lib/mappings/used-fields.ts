import type { ConnectionSettings } from "@/lib/core/connection-settings";
import { fieldNamed } from "@/lib/core/mapping/compile";
import type { FieldType, OrgFacts } from "@/lib/core/side";
import type { Queryable } from "@/lib/platform/db";
import type { UsedField, ValueMapUse } from "./value-map-contract";
import { knownTarget } from "./known-target";

interface Of {
  readonly id: number;
  readonly org: OrgFacts | null;
  readonly settings: Pick<ConnectionSettings, "recordTypes">;
}

const lists = new Set<FieldType>(["picklist", "multipicklist"]);

/**
 * The fields that a value map is written to, as the org described them when it was last asked. Asks nobody: fields of an
 * object that was never asked for are left out.
 */
export async function usedFields(
  db: Queryable,
  connection: Of,
  uses: readonly Pick<ValueMapUse, "kind" | "object" | "target">[],
): Promise<UsedField[]> {
  const fields = new Map<string, UsedField>();
  for (const { kind, object, target } of uses) {
    if (target === null) continue;
    const known = await knownTarget(db, connection, { kind, object, keyField: "", lines: [] });
    if (!known) continue;
    const { describe } = known.target;
    const field = fieldNamed(target, known.target);
    if (!field) continue;
    const isList = lists.has(field.type);
    fields.set(`${describe.name} ${field.name}`, {
      ...{ object, target, objectLabel: describe.label, label: field.label },
      values: isList ? field.picklistValues : [],
      restricted: isList && field.restrictedPicklist,
    });
  }
  return [...fields.values()];
}
