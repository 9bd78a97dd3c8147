import type { Metadata } from "next";
import { Health } from "@/components/health/health";
import { NoConnectionHealth } from "@/components/health/no-connection-health";
import { refusedCallsQuery, statusQuery } from "@/components/health/queries";
import { Prefetched } from "@/components/prefetched";
import { connectionStatus } from "@/lib/connections/status";
import { readRefusedCalls } from "@/lib/inbox/refused-calls";
import { webRuntime } from "@/lib/platform/runtime";
import { allConnections, chosenConnection } from "./chosen-connection";
import { requireAdmin } from "./require-admin";
import { webhookAddresses } from "./webhook-addresses";

export const metadata: Metadata = { title: "Health" };

interface HealthPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function HealthPage({ searchParams }: HealthPageProps) {
  await requireAdmin("/", searchParams);
  const { db, config } = webRuntime();
  const [connection, connections, refusedCalls] = await Promise.all([
    chosenConnection(searchParams),
    allConnections(),
    readRefusedCalls(config.dataFolder),
  ]);
  const refused = [refusedCallsQuery().queryKey, refusedCalls] as const;
  if (!connection) {
    return (
      <Prefetched queries={[refused]}>
        <NoConnectionHealth />
      </Prefetched>
    );
  }
  const { institution } = connection;
  const status = await connectionStatus(db, institution);
  return (
    <Prefetched queries={[[statusQuery(institution).queryKey, status ?? undefined], refused]}>
      <Health
        institution={institution}
        webhooks={webhookAddresses(connection, config.publicUrl)}
        institutions={connections.map((each) => each.institution)}
      />
    </Prefetched>
  );
}
