import type { Metadata } from "next";
import { cache } from "react";
import { notFound } from "next/navigation";
import { Prefetched } from "@/components/prefetched";
import { recordQuery, timelineQuery } from "@/components/records/queries";
import { RecordView } from "@/components/records/record-view";
import { nameOf } from "@/components/records/words";
import { webRuntime } from "@/lib/platform/runtime";
import { recordTimeline } from "@/lib/records/timeline";
import { currentAdmin, requireAdmin } from "../../require-admin";
import { timelineSize } from "../page-size";
import { readRecordPage } from "../record-page";

interface PageProps {
  params: Promise<{ id: string }>;
}

const read = cache(async (id: string) => (/^\d{1,15}$/.test(id) ? readRecordPage(Number(id)) : null));

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const page = (await currentAdmin()) && (await read((await params).id));
  return { title: page ? nameOf(page.record) : "Record" };
}

export default async function RecordPage({ params }: PageProps) {
  const { id: given } = await params;
  await requireAdmin(`/records/${encodeURIComponent(given)}`);
  const page = await read(given);
  if (!page) notFound();
  const { id } = page.record;
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
