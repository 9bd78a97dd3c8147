import type { Metadata } from "next";
import { ImportsView } from "@/components/imports/imports-view";
import { importsQuery } from "@/components/imports/queries";
import { Prefetched } from "@/components/prefetched";
import { readImports } from "@/lib/imports/status";
import { webRuntime } from "@/lib/platform/runtime";
import { connectionPage } from "../connection-page";

export const metadata: Metadata = { title: "Import" };

export default async function ImportPage({ searchParams }: PageProps<"/import">) {
  return connectionPage(
    {
      path: "/import",
      searchParams,
      title: "Import",
      icon: "import",
      about: "What S-360 has had for long, brought into Salesforce at your pace, behind what changes today.",
    },
    async ({ id, institution, settings }) => (
      <Prefetched queries={[[importsQuery(institution).queryKey, await readImports(webRuntime().db, id)]]}>
        <ImportsView
          key={institution}
          institution={institution}
          scheduleMinutes={settings.s360.scheduleMinutes}
        />
      </Prefetched>
    ),
  );
}
