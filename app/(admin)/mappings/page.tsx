import type { Metadata } from "next";
import { ConnectionFileCard } from "@/components/mappings/catalog/connection-file-card";
import { MappingsList } from "@/components/mappings/catalog/mappings-list";
import { mappingsQuery } from "@/components/mappings/queries";
import { Prefetched } from "@/components/prefetched";
import { listMappings } from "@/lib/mappings/read";
import { webRuntime } from "@/lib/platform/runtime";
import { connectionPage } from "../connection-page";

export const metadata: Metadata = { title: "Mappings" };

export default async function MappingsPage({ searchParams }: PageProps<"/mappings">) {
  return connectionPage(
    {
      path: "/mappings",
      searchParams,
      title: "Mappings",
      icon: "mapping",
      about: "Which S-360 value lands in which Salesforce field. Only what is published runs.",
    },
    async (connection) => {
      const { institution, id } = connection;
      const mappings = await listMappings(webRuntime().db, id);
      return (
        <Prefetched queries={[[mappingsQuery(institution).queryKey, mappings]]}>
          <MappingsList institution={institution} />
          <ConnectionFileCard institution={institution} />
        </Prefetched>
      );
    },
  );
}
