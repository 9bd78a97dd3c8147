/** From what an admin types to the records it can mean. */
import { sql, type SQL } from "drizzle-orm";
import { kindTable } from "@/lib/core/kinds";
import { troubledEnds } from "@/lib/core/imports/words";
import { recordKeyOf } from "@/lib/core/record-key";
import { termsQuery } from "@/lib/core/search-terms";
import { families, notThroughStates, type Family, type RecordState, type Stream } from "@/lib/core/words";
import type { RecordFilter } from "./contract";
import { fullSalesforceId } from "./salesforce-id";

/** S-360 pads its numbers with zeros; people leave them out. */
const longestPaddedNumber = 12;

const familiesByStream: Readonly<Record<Stream, readonly Family[]>> = {
  "contacts-in": ["contact"],
  "orders-in": ["order", "operation"],
  "contacts-out": ["contact"],
};

/** The families that a filter leaves: each is searched by itself. */
export function familiesOf({ stream, kind }: Pick<RecordFilter, "stream" | "kind">): readonly Family[] {
  const ofStream = stream ? familiesByStream[stream] : families;
  return kind ? ofStream.filter((family) => family === kindTable[kind].family) : ofStream;
}

/**
 * Whether the record row `r` is one that the text names; undefined when nothing was typed. One condition per index
 * (record_key, record_search, link_salesforce_id), so that PostgreSQL can join what they find, or walk the newest
 * records when the text fits many.
 */
function matching(connectionId: number, typed: string | undefined): SQL | undefined {
  const text = clean(typed);
  if (text === "") return undefined;
  const salesforceId = fullSalesforceId(text);
  const linked = sql`select record_id from link where connection_id = ${connectionId} and salesforce_id = ${salesforceId}`;
  return sql`(
    r.key = any(${sql.param(keysOf(text))}::text[])
    or array_to_tsvector(r.search_terms) @@ ${termsQuery(text)}::tsquery
    ${salesforceId === null ? sql`` : sql`or r.id = any(array(${linked}))`})`;
}

/** The conditions of a filter on the record row `r`, each with a leading `and`. */
export function conditions(connectionId: number, filter: RecordFilter): SQL {
  const named = matching(connectionId, filter.q);
  return sql`${named ? sql`and ${named}` : sql``}
    ${filter.kind ? sql`and r.kind = ${filter.kind}` : sql``}
    ${filter.imported ? broughtBy(filter.imported, filter.state) : sql``}
    ${filter.run ? notThrough(filter.run) : sql``}
    ${filter.census ? foundChanged(filter.census, filter.change) : sql``}
    ${filter.stream === "contacts-out" && !filter.state ? onItsWayBack : sql``}
    ${filter.state ? inState(filter, filter.kind === "order") : sql``}`;
}

/** Every contact comes in; only some were ever changed in Salesforce. */
const onItsWayBack = sql`and exists (
  select from record_direction d where d.record_id = r.id and d.stream = 'contacts-out')`;

/**
 * What is in trouble now, as the import's report counts it: not what came through and failed with something newer. No array:
 * of an import of 200,000 records PostgreSQL walks the newest records and looks each up, of a small one it begins there.
 */
function broughtBy(importId: number, state: RecordState | undefined): SQL {
  const isTrouble = troubledEnds.some((end) => end === state);
  const inTrouble = isTrouble ? sql`and i.ended_as = any(${sql.param([...troubledEnds])}::text[])` : sql``;
  return sql`and r.id in (select i.record_id from import_record i where i.import_id = ${importId} ${inTrouble})`;
}

/** As a re-processing counts them (lib/mappings/reprocess-records.ts). */
function notThrough(run: number): SQL {
  return sql`and r.id = any(array(
    select c.record_id from reprocess p join census_record c on c.census_id = p.census_id and c.was is not null
    join record_direction d on d.record_id = c.record_id and d.direction = 'in'
    where p.id = ${run} and d.state = any(${sql.param([...notThroughStates])}::text[]) and d.changed_at >= p.started_at))`;
}

/** As its banner counts them (lib/mappings/census-changes.ts). */
function foundChanged(census: number, change: string | undefined): SQL {
  const inField = change === undefined ? sql`` : sql`and ${change.replaceAll("\0", "")} = any(c.changes)`;
  return sql`and r.id in (
    select c.record_id from census_record c where c.census_id = ${census} and c.was is null ${inField})`;
}

/** An order stands where its operations stand, but is listed for it only when orders are asked for. */
function inState({ state, stream }: RecordFilter, ofOrders: boolean): SQL {
  const standing = sql`d.state = ${state} ${stream ? sql`and d.stream = ${stream}` : sql``}`;
  return ofOrders
    ? sql`and exists (
        select from record c join record_direction d on d.record_id = c.id where c.parent_id = r.id and ${standing})`
    : sql`and exists (select from record_direction d where d.record_id = r.id and ${standing})`;
}

function clean(typed: string | undefined): string {
  return (typed ?? "").replaceAll("\0", "").replace(/\s+/g, " ").trim().slice(0, 200);
}

/** The number as typed, and with the zeros that may have been left out. */
function keysOf(text: string): string[] {
  if (!/^\d+$/.test(text)) return [recordKeyOf(text)];
  const padded = Array.from({ length: Math.max(0, longestPaddedNumber - text.length) }, (_, zeros) =>
    text.padStart(text.length + zeros + 1, "0"),
  );
  return [text, ...padded];
}
