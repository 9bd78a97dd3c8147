import type { CallStatus } from "@/lib/connections/contract";
import { Card } from "../ui/card";
import { count } from "../ui/numbers";
import { systemTitle } from "./words";

/** Outward calls today, and how much of the org's allowance all its integrations have used. */
export function ApiCalls({ calls }: { calls: readonly CallStatus[] }) {
  return (
    <Card icon="api-calls" title="API calls">
      {calls.length === 0 ? (
        <p className="slds-text-color_weak">No call to Salesforce was needed today.</p>
      ) : (
        calls.map((call) => <SystemCalls key={call.system} call={call} />)
      )}
    </Card>
  );
}

function SystemCalls({ call: { system, today, orgUsed, orgLimit } }: { call: CallStatus }) {
  return (
    <div className="health-calls">
      <p>
        <strong className="health-calls__number">{count(today)}</strong> to {systemTitle(system)} today (UTC)
        by this connector
      </p>
      {orgUsed !== null && orgLimit !== null && (
        <>
          <div
            className="slds-progress-bar slds-progress-bar_circular health-calls__bar"
            role="meter"
            aria-label="Calls of the org in 24 hours"
            aria-valuemin={0}
            aria-valuemax={orgLimit}
            aria-valuenow={orgUsed}
          >
            <span className="slds-progress-bar__value" style={{ width: `${share(orgUsed, orgLimit)}%` }} />
          </div>
          <p className="slds-text-color_weak">
            {count(orgUsed)} of {count(orgLimit)} calls of the org in 24 hours, all integrations together, as
            Salesforce counts them ({share(orgUsed, orgLimit)} %)
          </p>
        </>
      )}
    </div>
  );
}

function share(used: number, limit: number): number {
  return limit > 0 ? Math.min(100, Math.round((used / limit) * 1000) / 10) : 0;
}
