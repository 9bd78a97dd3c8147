import type { Metadata } from "next";
import { MappingsList } from "@/components/mappings/mappings-list";
import { mappingsQuery } from "@/components/mappings/queries";
import { Prefetched } from "@/components/prefetched";
import { NoConnection } from "@/components/shell/no-connection";
import { PageHeader } from "@/components/ui/page-header";
import { listMappings } from "@/lib/mappings/read";
import { webRuntime } from "@/lib/platform/runtime";
import { chosenConnection } from "../chosen-connection";
import { requireAdmin } from "../require-admin";

export const metadata: Metadata = { title: "Mappings" };

export default async function MappingsPage({ searchParams }: PageProps<"/mappings">) {
  await requireAdmin("/mappings", searchParams);
  const connection = await chosenConnection(searchParams);
  const header = (
    <PageHeader title="Mappings" icon="mapping" eyebrow={connection?.name}>
      Which S-360 value lands in which Salesforce field. Only what is published runs.
    </PageHeader>
  );
  if (!connection) {
    return (
      <>
        {header}
        <NoConnection />
      </>
    );
  }
  const { institution, id } = connection;
  const mappings = await listMappings(webRuntime().db, id);
  return (
    <>
      {header}
      <Prefetched queries={[[mappingsQuery(institution).queryKey, mappings]]}>
        <MappingsList institution={institution} />
      </Prefetched>
    </>
  );
}
