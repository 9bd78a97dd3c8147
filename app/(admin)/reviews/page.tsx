import type { Metadata } from "next";
import { Prefetched } from "@/components/prefetched";
import { readReviewAddress } from "@/components/reviews/address";
import { paceQuery, reviewsQuery } from "@/components/reviews/queries";
import { ReviewsView } from "@/components/reviews/reviews-view";
import { NoConnection } from "@/components/shell/no-connection";
import { PageHeader } from "@/components/ui/page-header";
import type { Connection } from "@/lib/connections/load";
import { webRuntime } from "@/lib/platform/runtime";
import { listReviews } from "@/lib/reviews/list";
import { readPace } from "@/lib/reviews/pace";
import { chosenConnection } from "../chosen-connection";
import { requireAdmin } from "../require-admin";
import { reviewPageSize } from "./page-size";

export const metadata: Metadata = { title: "Reviews" };

type SearchParams = Promise<Record<string, string | string[] | undefined>>;

export default async function ReviewsPage({ searchParams }: { searchParams: SearchParams }) {
  await requireAdmin("/reviews", searchParams);
  const connection = await chosenConnection(searchParams);
  const header = <PageHeader title="Reviews" icon="incident" eyebrow={connection?.name} />;
  if (!connection) {
    return (
      <>
        {header}
        <NoConnection />
      </>
    );
  }
  return (
    <>
      {header}
      <Prefetched queries={await firstRead(connection, await searchParams)}>
        <ReviewsView institution={connection.institution} />
      </Prefetched>
    </>
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
