import type { Metadata } from "next";
import { Prefetched } from "@/components/prefetched";
import { rulesQuery } from "@/components/rules/queries";
import { RulesView } from "@/components/rules/rules-view";
import { rulesDetail } from "@/lib/connections/rules-detail";
import { webRuntime } from "@/lib/platform/runtime";
import { connectionPage } from "../connection-page";

export const metadata: Metadata = { title: "Rules" };

export default async function RulesPage({ searchParams }: PageProps<"/rules">) {
  return connectionPage(
    {
      path: "/rules",
      searchParams,
      title: "Rules",
      icon: "connection",
      about: "What becomes of a record that was created, changed or deleted on one side.",
    },
    async (connection) => {
      const { institution } = connection;
      const { db, config } = webRuntime();
      const detail = await rulesDetail(db, institution, config.smtpUrl !== undefined);
      return (
        <Prefetched queries={[[rulesQuery(institution).queryKey, detail]]}>
          <RulesView key={institution} institution={institution} />
        </Prefetched>
      );
    },
  );
}
