/** The list's filter as it stands in the address, so that a list can be kept, sent and come back to. */
import { kinds, recordStates, streams } from "@/lib/core/words";
import { endedFilters, type EndedFilter, type RecordFilter } from "@/lib/records/contract";
import { withQuery } from "../ui/api";

export interface ListAddress extends RecordFilter {
  /** `items`: items without a record. */
  readonly tab?: "items";
  readonly outcome?: EndedFilter;
}

type Read = (name: string) => string | null | undefined;

/** What the address says; words it does not know are passed over. */
export function readAddress(read: Read): ListAddress {
  const q = read("q")?.trim();
  const state = oneOf(recordStates, read("state"));
  const stream = oneOf(streams, read("stream"));
  const kind = oneOf(kinds, read("kind"));
  const imported = idOf(read("imported"));
  const run = idOf(read("run"));
  const census = idOf(read("census"));
  const change = read("change")?.trim();
  const outcome = oneOf(endedFilters, read("outcome"));
  return {
    ...(q && { q }),
    ...(state && { state }),
    ...(stream && { stream }),
    ...(kind && { kind }),
    ...(imported && { imported }),
    ...(run && { run }),
    ...(census && { census }),
    ...(census && change && { change }),
    ...(outcome && { outcome }),
    ...(read("tab") === "items" && { tab: "items" as const }),
  };
}

export function writeAddress(connection: string | null, address: ListAddress): string {
  return withQuery("/records", { connection, ...address });
}

export function recordAddress(id: number): string {
  return `/records/${id}`;
}

function idOf(word: string | null | undefined): number | undefined {
  const id = Number(word);
  return Number.isSafeInteger(id) && id > 0 ? id : undefined;
}

function oneOf<T extends string>(words: readonly T[], word: string | null | undefined): T | undefined {
  return words.find((candidate) => candidate === word);
}
