import type { Metadata } from "next";
import { Prefetched } from "@/components/prefetched";
import { valueMapsQuery } from "@/components/value-maps/queries";
import { ValueMapsList } from "@/components/value-maps/value-maps-list";
import { valueMapSummaries } from "@/lib/mappings/read-value-maps";
import { webRuntime } from "@/lib/platform/runtime";
import { connectionPage } from "../connection-page";

export const metadata: Metadata = { title: "Value maps" };

export default async function ValueMapsPage({ searchParams }: PageProps<"/value-maps">) {
  return connectionPage(
    {
      path: "/value-maps",
      searchParams,
      title: "Value maps",
      icon: "value-map",
      about: "What S-360’s codes stand for in Salesforce.",
    },
    async (connection) => {
      const { institution, id } = connection;
      const maps = await valueMapSummaries(webRuntime().db, id);
      return (
        <Prefetched queries={[[valueMapsQuery(institution).queryKey, maps]]}>
          <ValueMapsList institution={institution} />
        </Prefetched>
      );
    },
  );
}
