import type { Metadata } from "next";
import { Prefetched } from "@/components/prefetched";
import { readReviewAddress } from "@/components/reviews/address";
import { paceQuery, reviewsQuery } from "@/components/reviews/queries";
import { ReviewsView } from "@/components/reviews/reviews-view";
import type { Connection } from "@/lib/connections/load";
import { webRuntime } from "@/lib/platform/runtime";
import { listReviews } from "@/lib/reviews/list";
import { readPace } from "@/lib/reviews/pace";
import { reviewPageSize } from "./page-size";
import { connectionPage } from "../connection-page";

export const metadata: Metadata = { title: "Reviews" };

type SearchParams = Promise<Record<string, string | string[] | undefined>>;

export default async function ReviewsPage({ searchParams }: { searchParams: SearchParams }) {
  return connectionPage(
    { path: "/reviews", searchParams, title: "Reviews", icon: "incident" },
    async (connection) => {
      const queries = await firstRead(connection, await searchParams);
      return (
        <Prefetched queries={queries}>
          <ReviewsView institution={connection.institution} />
        </Prefetched>
      );
    },
  );
}

async function firstRead(connection: Connection, given: Awaited<SearchParams>) {
  const { db } = webRuntime();
  const { id: connectionId, institution } = connection;
  const { list, kind } = readReviewAddress((name) => [given[name] ?? []].flat()[0]);
  const [rows, pace] = await Promise.all([
    listReviews(db, { connectionId, list, limit: reviewPageSize, ...(kind && { kind }) }),
    readPace(db, connection, new Date()),
  ]);
  return [
    [
      reviewsQuery({ connection: institution, state: list, kind }).queryKey,
      { pages: [rows], pageParams: [null] },
    ],
    [paceQuery(institution).queryKey, pace],
  ] as const;
}
