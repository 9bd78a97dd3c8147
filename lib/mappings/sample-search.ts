import { sql, type SQL } from "drizzle-orm";
import { kindTable } from "@/lib/core/kinds";
import { recordKeyOf } from "@/lib/core/record-key";
import { termsQuery } from "@/lib/core/search-terms";
import type { Kind } from "@/lib/core/words";

/** Among how many of the latest records what has no index is looked for. */
const lookedThrough = 5_000;

interface Of {
  readonly connectionId: number;
  readonly kind: Kind;
}

/**
 * Ids of the records that `words` find: by a whole S-360 number, e-mail or name of any record, or a part of the number or
 * name of one of the latest 5,000. Sales also by their order, and among the latest 5,000 by file and contact number.
 */
export function matchingSamples(of: Of, words: string): SQL {
  return kindTable[of.kind].family === "operation"
    ? sql`${matching(of, words)} union ${matchingSales(of, words)}`
    : matching(of, words);
}

/** Each part has an index of its own. */
function matching({ connectionId, kind }: Of, words: string): SQL {
  const { family } = kindTable[kind];
  const part = `%${words.replace(/[\\%_]/g, "\\$&")}%`;
  return sql`
    select id from record where connection_id = ${connectionId} and family = ${family} and key = ${recordKeyOf(words)}
    union
    select id from record where connection_id = ${connectionId} and array_to_tsvector(search_terms) @@ ${termsQuery(words)}::tsquery
    union
    select id from (
      select id, key, label from record
      where connection_id = ${connectionId} and family = ${family} and kind = ${kind}
      order by updated_at desc limit ${lookedThrough}
    ) recent where key ilike ${part} or label ilike ${part}`;
}

function matchingSales({ connectionId, kind }: Of, words: string): SQL {
  const key = recordKeyOf(words);
  const { family } = kindTable[kind];
  return sql`
    select sale.id from record sale join record "order" on "order".id = sale.parent_id
    where "order".connection_id = ${connectionId} and "order".family = 'order' and "order".key = ${key}
    union
    select recent.id from (
      select id, parent_id, s360_state from record
      where connection_id = ${connectionId} and family = ${family} and kind = ${kind}
      order by updated_at desc limit ${lookedThrough}
    ) recent left join record "order" on "order".id = recent.parent_id
    where lower(recent.s360_state->>'fileId') = ${key} or lower("order".s360_state->>'contactReference') = ${key}`;
}
