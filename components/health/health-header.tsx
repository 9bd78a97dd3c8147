import type { ConnectionStatus } from "@/lib/connections/contract";
import { PageHeader } from "../ui/page-header";

/** Which connection this is, and which org it leads to. */
export function HealthHeader({ status }: { status: ConnectionStatus }) {
  const { name, institution, org, timeZone } = status;
  const facts = [
    ["Institution", institution],
    ["Salesforce org", org ? `${org.name} (${org.id})` : "Not reached yet"],
    ["Person accounts", org ? (org.personAccounts ? "On" : "Off") : "Not known yet"],
    ["Time zone", timeZone],
  ] as const;
  return (
    <PageHeader icon="health" eyebrow="Health" title={name}>
      <dl className="health-facts">
        {facts.map(([term, value]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </PageHeader>
  );
}
