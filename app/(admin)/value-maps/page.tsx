import type { Metadata } from "next";
import { Prefetched } from "@/components/prefetched";
import { NoConnection } from "@/components/shell/no-connection";
import { PageHeader } from "@/components/ui/page-header";
import { valueMapsQuery } from "@/components/value-maps/queries";
import { ValueMapsList } from "@/components/value-maps/value-maps-list";
import { valueMapSummaries } from "@/lib/mappings/read-value-maps";
import { webRuntime } from "@/lib/platform/runtime";
import { chosenConnection } from "../chosen-connection";
import { requireAdmin } from "../require-admin";

export const metadata: Metadata = { title: "Value maps" };

export default async function ValueMapsPage({ searchParams }: PageProps<"/value-maps">) {
  await requireAdmin("/value-maps", searchParams);
  const connection = await chosenConnection(searchParams);
  const header = (
    <PageHeader title="Value maps" icon="value-map" eyebrow={connection?.name}>
      What S-360’s codes stand for in Salesforce.
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
  const maps = await valueMapSummaries(webRuntime().db, id);
  return (
    <>
      {header}
      <Prefetched queries={[[valueMapsQuery(institution).queryKey, maps]]}>
        <ValueMapsList institution={institution} />
      </Prefetched>
    </>
  );
}
