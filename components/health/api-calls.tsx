import type { CallStatus, ConnectionStatus } from "@/lib/connections/contract";
import { Card } from "../ui/card";
import { count } from "../ui/numbers";
import { CallsMeter, share } from "./calls-meter";
import { S360Calls } from "./s360-calls";

/** Outward calls, and how much of what each system allows is used. */
export function ApiCalls({ status: { calls, s360Calls, feed } }: { status: ConnectionStatus }) {
  return (
    <Card icon="api-calls" title="API calls">
      {calls.length === 0 ? (
        <p className="slds-text-color_weak health-calls">No call to Salesforce was needed today.</p>
      ) : (
        calls.map((call) => <SalesforceCalls key={call.system} call={call} />)
      )}
      {(feed.setUp || s360Calls.month > 0) && <S360Calls calls={s360Calls} />}
    </Card>
  );
}

function SalesforceCalls({ call: { today, orgUsed, orgLimit } }: { call: CallStatus }) {
  return (
    <div className="health-calls">
      <p>
        <strong className="health-calls__number">{count(today)}</strong> to Salesforce today (UTC) by this
        connector
      </p>
      {orgUsed !== null && orgLimit !== null && (
        <>
          <CallsMeter label="Calls of the org in 24 hours" used={orgUsed} limit={orgLimit} />
          <p className="slds-text-color_weak">
            {count(orgUsed)} of {count(orgLimit)} calls of the org in 24 hours, all integrations together, as
            Salesforce counts them ({share(orgUsed, orgLimit)} %)
          </p>
        </>
      )}
    </div>
  );
}
