import type { ReactNode } from "react";
import { dehydrate, HydrationBoundary, QueryClient, type QueryKey } from "@tanstack/react-query";

interface PrefetchedProps {
  /** Query keys (of the resource's `queryOptions`) and what the server read for them. */
  queries: readonly (readonly [QueryKey, unknown])[];
  children: ReactNode;
}

/** Hands what a server component read to the queries of the client components inside: they start with data. */
export function Prefetched({ queries, children }: PrefetchedProps) {
  const client = new QueryClient();
  for (const [key, data] of queries) client.setQueryData(key, data);
  return <HydrationBoundary state={dehydrate(client)}>{children}</HydrationBoundary>;
}
