/** From what an admin types to the records it can mean. */
import { sql, type SQL } from "drizzle-orm";
import { families, type Family, type RecordState, type Stream } from "@/lib/core/words";
import type { RecordFilter } from "./contract";
import { fullSalesforceId } from "./salesforce-id";

/** S-360 pads its numbers with zeros; people leave them out. */
const longestPaddedNumber = 12;

const familiesByStream: Readonly<Record<Stream, readonly Family[]>> = {
  "contacts-in": ["contact"],
  "orders-in": ["order", "operation"],
};

export function familiesOf(stream: Stream | undefined): readonly Family[] {
  return stream ? familiesByStream[stream] : families;
}

/** The ids of the records that the text names, as a sub-query; undefined when nothing was typed. */
export function matching(connectionId: number, typed: string | undefined): SQL | undefined {
  const text = clean(typed);
  if (text === "") return undefined;
  const salesforceId = fullSalesforceId(text);
  return sql`(
    select id from record
    where connection_id = ${connectionId} and family = any(${sql.param([...families])}::text[])
      and key = any(${sql.param(keysOf(text))}::text[])
    union
    select id from record
    where connection_id = ${connectionId} and array_to_tsvector(search_terms) @@ ${termsQuery(text)}::tsquery
    ${
      salesforceId === null
        ? sql``
        : sql`union select record_id from link where connection_id = ${connectionId} and salesforce_id = ${salesforceId}`
    })`;
}

/** The conditions of a filter on the record row `r`, each with a leading `and`. */
export function conditions(connectionId: number, filter: RecordFilter): SQL {
  const ids = matching(connectionId, filter.q);
  return sql`${ids ? sql`and r.id in ${ids}` : sql``}
    ${filter.kind ? sql`and r.kind = ${filter.kind}` : sql``}
    ${filter.state ? inState(filter.state, filter.kind === "order") : sql``}`;
}

/** An order stands where its operations stand, but is listed for it only when orders are asked for. */
function inState(state: RecordState, ofOrders: boolean): SQL {
  return ofOrders
    ? sql`and exists (
        select from record c join record_direction d on d.record_id = c.id where c.parent_id = r.id and d.state = ${state})`
    : sql`and exists (select from record_direction d where d.record_id = r.id and d.state = ${state})`;
}

function clean(typed: string | undefined): string {
  return (typed ?? "").replaceAll("\0", "").replace(/\s+/g, " ").trim().slice(0, 200);
}

/** The number as typed, and with the zeros that may have been left out. */
function keysOf(text: string): string[] {
  if (!/^\d+$/.test(text)) return [text];
  const padded = Array.from({ length: Math.max(0, longestPaddedNumber - text.length) }, (_, zeros) =>
    text.padStart(text.length + zeros + 1, "0"),
  );
  return [text, ...padded];
}

/** A term that starts with the whole text, or terms that start with each of its words. */
function termsQuery(text: string): string {
  const prefix = (part: string) => `'${part.replaceAll("\\", "\\\\").replaceAll("'", "''")}':*`;
  const lower = text.toLowerCase();
  const words = lower.split(" ");
  return words.length === 1 ? prefix(lower) : `${prefix(lower)} | (${words.map(prefix).join(" & ")})`;
}
