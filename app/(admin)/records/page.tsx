import type { Metadata } from "next";
import { Prefetched } from "@/components/prefetched";
import { readAddress } from "@/components/records/address";
import { itemsQuery, matchesQuery, recordsQuery, stateCountsQuery } from "@/components/records/queries";
import { RecordsTabs } from "@/components/records/records-tabs";
import type { Connection } from "@/lib/connections/load";
import { webRuntime } from "@/lib/platform/runtime";
import { endedItems } from "@/lib/records/items";
import { countMatches, countStates, searchRecords } from "@/lib/records/search";
import { pageSize } from "./page-size";
import { connectionPage } from "../connection-page";

export const metadata: Metadata = { title: "Records" };

type SearchParams = Promise<Record<string, string | string[] | undefined>>;

export default async function RecordsPage({ searchParams }: { searchParams: SearchParams }) {
  return connectionPage(
    { path: "/records", searchParams, title: "Records", icon: "record" },
    async (connection) => {
      const queries = await firstRead(connection, await searchParams);
      return (
        <Prefetched queries={queries}>
          <RecordsTabs connection={connection.institution} />
        </Prefetched>
      );
    },
  );
}

async function firstRead({ id, institution }: Connection, given: Awaited<SearchParams>) {
  const { db } = webRuntime();
  const { tab, outcome, ...filter } = readAddress((name) => [given[name] ?? []].flat()[0]);
  const onePage = <Row,>(page: Row) => ({ pages: [page], pageParams: [null] });
  if (tab === "items") {
    const narrow = { ...(filter.stream && { stream: filter.stream }), ...(outcome && { outcome }) };
    const items = await endedItems(db, { connectionId: id, limit: pageSize, ...narrow });
    return [[itemsQuery({ connection: institution, ...narrow }).queryKey, onePage(items)]] as const;
  }
  const list = { connection: institution, ...filter };
  const stream = filter.stream && { stream: filter.stream };
  const [rows, matches, states] = await Promise.all([
    searchRecords(db, { connectionId: id, limit: pageSize, ...filter }),
    countMatches(db, id, filter),
    countStates(db, id, filter.stream),
  ]);
  return [
    [recordsQuery(list).queryKey, onePage(rows)],
    [matchesQuery(list).queryKey, matches],
    [stateCountsQuery({ connection: institution, ...stream }).queryKey, states],
  ] as const;
}
