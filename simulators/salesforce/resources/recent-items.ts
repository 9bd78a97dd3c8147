import { ApiError } from "../http/errors";
import type { RestCall } from "../http/messages";
import { updatesRecentItems } from "../http/mru-header";
import type { SObject } from "../model/schema";
import type { Row } from "../model/types";
import { recordAttributes } from "../soql/read-record";

interface RecentItem {
  object: SObject;
  row: Row;
}

/**
 * Puts a record that was created, updated or read on the list of its user's recent items, unless the call's header says
 * no (REST API guide, "MRU Header": sObject Rows, by External ID, and Relationships).
 */
export function markRecent({ org, session, request }: RestCall, id: string): void {
  if (updatesRecentItems(request.headers, request.version)) org.recentlyViewed.add(session.userId, id);
}

/** What the call's user viewed last and may still see, of one object or of all. */
export function recentItems({ org, session, schema }: RestCall, only?: SObject): RecentItem[] {
  const items: RecentItem[] = [];
  for (const id of org.recentlyViewed.of(session.userId)) {
    const object = schema.ofId(id);
    const row = object && org.store.table(object).get(id);
    if (object && row && !row.IsDeleted && (!only || object.name === only.name)) items.push({ object, row });
  }
  return items;
}

/** A recent item as `/recent` and the basic information print it: type, Id and name. */
export function shownRecentItem({ request }: RestCall, { object, row }: RecentItem): Record<string, unknown> {
  const nameField = object.model.fields.find((field) => field.nameField)?.name ?? "Name";
  return {
    attributes: recordAttributes(object, row, request.version),
    Id: row.Id,
    [nameField]: row[nameField] ?? null,
  };
}

/** `?limit=` as a number from 1. @throws ApiError 400 */
export function readLimit(query: URLSearchParams, most: number): number {
  const text = query.get("limit");
  if (text === null) return most;
  if (!/^\d+$/.test(text) || Number(text) < 1) {
    throw new ApiError(400, "INVALID_QUERY_VALUE", `limit must be a whole number of at least 1: ${text}`);
  }
  return Math.min(most, Number(text));
}
