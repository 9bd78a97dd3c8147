import type { ConnectionSettings } from "@/lib/core/connection-settings";
import { resolveName } from "@/lib/core/mapping/published";
import type { FieldType, OrgFacts } from "@/lib/core/side";
import type { Queryable } from "@/lib/platform/db";
import type { OfferedValues, ValueMapUse } from "./contract";
import { knownTarget } from "./known-target";

interface Of {
  readonly id: number;
  readonly org: OrgFacts | null;
  readonly settings: Pick<ConnectionSettings, "recordTypes">;
}

const lists = new Set<FieldType>(["picklist", "multipicklist"]);

/**
 * What the picklists that a value map is written to take, as the org described them when it was last asked. Asks nobody: a
 * field of an object that was never asked for is left out.
 */
export async function offeredValues(
  db: Queryable,
  connection: Of,
  uses: readonly Pick<ValueMapUse, "kind" | "object" | "target">[],
): Promise<OfferedValues[]> {
  const offered = new Map<string, OfferedValues>();
  for (const { kind, object, target } of uses) {
    if (target === null) continue;
    const known = await knownTarget(db, connection, { kind, object, keyField: "", lines: [] });
    if (!known) continue;
    const { prefix, describe } = known.target;
    const name = resolveName(target, prefix);
    const field = describe.fields.find((each) => each.name === name);
    if (!field || !lists.has(field.type)) continue;
    const { label, restrictedPicklist: restricted, picklistValues: values } = field;
    offered.set(`${describe.name} ${name}`, {
      object: describe.label,
      field: name,
      label,
      restricted,
      values,
    });
  }
  return [...offered.values()];
}
