import type { ConnectionStatus } from "@/lib/connections/contract";
import { Alert } from "../ui/alert";
import { count } from "../ui/numbers";
import { BudgetBar } from "./budget-bar";
import { closedSentence, daySentence, orderSentence } from "./budget-words";
import { GrantButton } from "./grant-button";

/** Calls to Salesforce in 24 hours, what is granted of them, how the day will end and what waits. */
export function SalesforceCalls({ status }: { status: ConnectionStatus }) {
  const { institution, timeZone, budget } = status;
  const { closed } = budget;
  return (
    <div className="health-calls">
      <div className="health-calls__head">
        <p>
          <strong className="health-calls__number">{count(budget.ours)}</strong> to Salesforce in 24 hours by
          this connector
        </p>
        <GrantButton institution={institution} budget={budget} />
      </div>
      <BudgetBar budget={budget} />
      {closed.length > 0 && (
        <Alert
          tone="warning"
          className="health-calls__alert"
          title="Calls run short: what is less urgent waits"
          live
        >
          <ul className="slds-list_dotted">
            {closed.map((lane) => (
              <li key={lane.lane}>{closedSentence(lane, timeZone)}</li>
            ))}
          </ul>
        </Alert>
      )}
      <p>{daySentence(budget, timeZone)}</p>
      <p className="slds-text-color_weak">{orderSentence}</p>
    </div>
  );
}
