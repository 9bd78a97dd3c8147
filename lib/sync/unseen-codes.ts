/** Codes that value maps were asked for and do not list: collected while a batch is evaluated, noted in one statement. */
import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";
import { isTooLongForCode, maxCodeLength } from "@/lib/core/mapping/document";
import type { UnseenSink } from "@/lib/core/mapping/functions/functions";
import { isNoteOfLong, noteOfLong } from "@/lib/core/mapping/value-maps/long-code";
import { isStorable, storableText } from "@/lib/core/storable";
import { isDatabaseAway, transact } from "@/lib/platform/db";
import { describeError } from "@/lib/platform/log";
import type { SyncDeps } from "./work";

/** Codes kept per value map; a map that is asked for more is asked for texts, not for codes. */
export const mostUnseenCodes = 300;
/** Texts too long for a code kept beside them: nobody can decide about those, so a few tell enough. */
export const mostLongTexts = 20;

interface Seen {
  readonly valueMap: string;
  readonly code: string;
  readonly records: Set<number>;
}

/** What one batch came across. */
export class UnseenCodes {
  readonly #byName = new Map<string, Map<string, Seen>>();

  /** A record counts once for a code, however many lines ask for it and however often they run. */
  sinkOf(recordId: number): UnseenSink {
    return (valueMap, asked) => {
      const isLong = isTooLongForCode(storableText(asked));
      // S-360 sends nothing that cannot be stored: it is put right on its way in. Only an expression can make it.
      if (!isLong && !isStorable(asked)) return;
      const code = isLong ? noteOfLong(asked, markOf(asked)) : asked;
      const codes = this.#byName.get(valueMap) ?? new Map<string, Seen>();
      this.#byName.set(valueMap, codes);
      const seen = codes.get(code) ?? { valueMap, code, records: new Set() };
      if (!codes.has(code) && isFull(codes, isLong)) return;
      codes.set(code, seen);
      seen.records.add(recordId);
    };
  }

  all(): readonly Seen[] {
    return [...this.#byName.values()].flatMap((codes) => [...codes.values()]);
  }
}

function isFull(codes: ReadonlyMap<string, Seen>, ofLong: boolean): boolean {
  const alike = [...codes.keys()].filter((code) => isNoteOfLong(code) === ofLong);
  return alike.length >= (ofLong ? mostLongTexts : mostUnseenCodes);
}

function markOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 8);
}

/**
 * Adds them to the inbox of their value maps. A code that an admin has listed meanwhile is passed over. The inbox is a
 * help, not the work: records go on when it cannot be written.
 */
export async function noteUnseen(
  { db, log }: Pick<SyncDeps, "db" | "log">,
  connectionId: number,
  unseen: UnseenCodes,
): Promise<void> {
  const all = unseen.all();
  if (all.length === 0) return;
  try {
    await transact(db, async (tx) => void (await tx.execute(statement(connectionId, all))));
  } catch (error) {
    if (isDatabaseAway(error)) throw error;
    log.error({ err: describeError(error) }, "unseen codes could not be noted");
  }
}

/** Sorted, so that two workers lock the same rows in the same order. */
function statement(connectionId: number, all: readonly Seen[]) {
  const maps = sql.param(all.map(({ valueMap }) => valueMap));
  const codes = sql.param(all.map(({ code }) => code));
  const times = sql.param(all.map(({ records }) => records.size));
  const records = sql.param(all.map(({ records }) => [...records].at(-1)));
  const long = (code: ReturnType<typeof sql>) => sql`length(${code}) > ${maxCodeLength}`;
  return sql`
    insert into unseen_code (connection_id, value_map, code, seen, record_id)
    select ${connectionId}, value_map, code, times, record_id
    from (
      select s.*, k.code is not null as known,
        row_number() over (partition by s.value_map, k.code is null, ${long(sql`s.code`)} order by s.code)
          + (select count(*) from unseen_code o where o.connection_id = ${connectionId} and o.value_map = s.value_map
              and (${long(sql`o.code`)}) = (${long(sql`s.code`)}))
          as place
      from unnest(${maps}::text[], ${codes}::text[], ${times}::int[], ${records}::bigint[])
        as s (value_map, code, times, record_id)
      join value_map m on m.connection_id = ${connectionId} and m.name = s.value_map
        and not jsonb_exists(m.entries->'values', s.code)
        and not coalesce(jsonb_exists(m.entries->'rules', s.code), false)
      left join unseen_code k
        on k.connection_id = ${connectionId} and k.value_map = s.value_map and k.code = s.code
    ) s
    where known or place <= case when ${long(sql`code`)} then ${mostLongTexts}::int else ${mostUnseenCodes}::int end
    order by value_map, code
    on conflict (connection_id, value_map, code) do update
      set seen = unseen_code.seen + excluded.seen, last_at = now(), record_id = excluded.record_id`;
}
