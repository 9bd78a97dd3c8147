import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { reportQuery } from "@/components/imports/queries";
import { ReportView } from "@/components/imports/report-view";
import { streamWords } from "@/components/imports/words";
import { Prefetched } from "@/components/prefetched";
import { withQuery } from "@/components/ui/api";
import { LinkButton } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { loadConnectionById } from "@/lib/connections/load";
import { readReport } from "@/lib/imports/report";
import { connectionOfImport } from "@/lib/imports/status";
import { webRuntime } from "@/lib/platform/runtime";
import { chosenConnection } from "../../chosen-connection";
import { requireAdmin } from "../../require-admin";

export const metadata: Metadata = { title: "Report of an import" };

export default async function ImportReportPage({ params, searchParams }: PageProps<"/import/[id]">) {
  const { id: given } = await params;
  await requireAdmin(`/import/${encodeURIComponent(given)}`, searchParams);
  const { db } = webRuntime();
  const id = /^\d{1,15}$/.test(given) ? Number(given) : 0;
  const report = await readReport(db, id);
  const connectionId = report && (await connectionOfImport(db, id));
  const connection = connectionId && (await loadConnectionById(db, connectionId));
  if (!report || !connection) notFound();
  const { institution, name } = connection;
  if ((await chosenConnection(searchParams))?.institution !== institution) {
    redirect(withQuery(`/import/${id}`, { connection: institution }));
  }
  const { stream, since } = report.run;
  return (
    <>
      <PageHeader
        title={`${streamWords[stream].title} changed since ${since}`}
        icon="import"
        eyebrow={`${name}: import`}
        crumbs={[{ label: "Import", href: withQuery("/import", { connection: institution }) }]}
        actions={
          <LinkButton href={`/api/imports/${id}/report`} prefetch={false} download>
            Download as CSV
          </LinkButton>
        }
      />
      <Prefetched queries={[[reportQuery(id).queryKey, report]]}>
        <ReportView id={id} />
      </Prefetched>
    </>
  );
}
