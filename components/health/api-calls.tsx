import type { ConnectionStatus } from "@/lib/connections/contract";
import { Card } from "../ui/card";
import { S360Calls } from "./s360-calls";
import { SalesforceCalls } from "./salesforce-calls";

/** Outward calls, and how much of what each system allows is used. */
export function ApiCalls({ status }: { status: ConnectionStatus }) {
  const { s360Calls, feed } = status;
  return (
    <Card icon="api-calls" title="API calls">
      <SalesforceCalls status={status} />
      {(feed.setUp || s360Calls.month > 0) && <S360Calls calls={s360Calls} />}
    </Card>
  );
}
