import type { Metadata } from "next";
import { Prefetched } from "@/components/prefetched";
import { rulesQuery } from "@/components/rules/queries";
import { RulesView } from "@/components/rules/rules-view";
import { NoConnection } from "@/components/shell/no-connection";
import { PageHeader } from "@/components/ui/page-header";
import { rulesDetail } from "@/lib/connections/rules-detail";
import { webRuntime } from "@/lib/platform/runtime";
import { chosenConnection } from "../chosen-connection";
import { requireAdmin } from "../require-admin";

export const metadata: Metadata = { title: "Rules" };

export default async function RulesPage({ searchParams }: PageProps<"/rules">) {
  await requireAdmin("/rules", searchParams);
  const connection = await chosenConnection(searchParams);
  const header = (
    <PageHeader title="Rules" icon="connection" eyebrow={connection?.name}>
      What becomes of a record that was created, changed or deleted on one side.
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
  const { institution } = connection;
  const { db, config } = webRuntime();
  const detail = await rulesDetail(db, institution, config.smtpUrl !== undefined);
  return (
    <>
      {header}
      <Prefetched queries={[[rulesQuery(institution).queryKey, detail]]}>
        <RulesView key={institution} institution={institution} />
      </Prefetched>
    </>
  );
}
