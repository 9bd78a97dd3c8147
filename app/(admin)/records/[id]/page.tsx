import type { Metadata } from "next";
import { cache } from "react";
import { notFound, redirect } from "next/navigation";
import { Prefetched } from "@/components/prefetched";
import { recordQuery, timelineQuery } from "@/components/records/queries";
import { RecordView } from "@/components/records/record-view";
import { nameOf } from "@/components/records/words";
import { withQuery } from "@/components/ui/api";
import { webRuntime } from "@/lib/platform/runtime";
import { recordTimeline } from "@/lib/records/timeline";
import { chosenConnection } from "../../chosen-connection";
import { currentAdmin, requireAdmin } from "../../require-admin";
import { timelineSize } from "../page-size";
import { readRecordPage } from "../record-page";

const read = cache(async (id: string) => (/^\d{1,15}$/.test(id) ? readRecordPage(Number(id)) : null));

type Props = PageProps<"/records/[id]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const page = (await currentAdmin()) && (await read((await params).id));
  return { title: page ? nameOf(page.record) : "Record" };
}

export default async function RecordPage({ params, searchParams }: Props) {
  const { id: given } = await params;
  await requireAdmin(`/records/${encodeURIComponent(given)}`, searchParams);
  const page = await read(given);
  if (!page) notFound();
  const { id, institution } = page.record;
  if ((await chosenConnection(searchParams))?.institution !== institution) {
    redirect(withQuery(`/records/${id}`, { connection: institution }));
  }
  const timeline = await recordTimeline(webRuntime().db, { recordId: id, limit: timelineSize });
  return (
    <Prefetched
      queries={[
        [recordQuery(id).queryKey, page],
        [timelineQuery(id).queryKey, { pages: [timeline], pageParams: [null] }],
      ]}
    >
      <RecordView id={id} />
    </Prefetched>
  );
}
