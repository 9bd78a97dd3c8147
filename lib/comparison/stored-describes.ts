import { sql } from "drizzle-orm";
import type { ObjectDescribe, OrgFacts, Side } from "@/lib/core/side";
import { FaultError } from "@/lib/core/faults";
import type { Queryable } from "@/lib/platform/db";

/** Describes as the org last told them, however long ago: a comparison asks Salesforce for no more than it was told to. */
export function storedDescribes(
  db: Queryable,
  connection: { readonly id: number; readonly org: OrgFacts | null },
): Side["describe"] {
  const facts = connection.org;
  return async (names) => {
    if (!facts) throw new FaultError({ code: "set_up", sentence: neverAsked });
    const rows = await db.execute<{ object: string; describe: ObjectDescribe }>(sql`
      select object, describe from org_object
      where connection_id = ${connection.id} and object = any(${sql.param([...names])}::text[])`);
    return { facts, objects: new Map(rows.rows.map(({ object, describe }) => [object, describe])) };
  };
}

const neverAsked =
  "Salesforce has not been asked for its fields yet. Press Ask Salesforce now, above the lines; then compare.";
