import type { BudgetStatus } from "@/lib/budget/contract";
import { classes } from "../ui/classes";
import { count } from "../ui/numbers";
import { grantedWords } from "./budget-words";

/** Calls of 24 hours as a bar: the connector's, the others', what is granted and what Salesforce allows. */
export function BudgetBar({ budget }: { budget: BudgetStatus }) {
  const { ours, others, granted, limit } = budget;
  const whole = Math.max(limit ?? 0, granted ?? 0, ours + others, 1);
  const at = (calls: number) => `${Math.min(100, (calls / whole) * 100)}%`;
  const isOver = granted !== null && ours >= granted;
  return (
    <>
      <div
        className="health-budget"
        role="meter"
        aria-label="Calls to Salesforce in 24 hours"
        aria-valuemin={0}
        aria-valuemax={whole}
        aria-valuenow={Math.min(whole, ours + others)}
        aria-valuetext={`${count(ours)} by this connector, ${count(others)} by others`}
      >
        <span className="health-budget__track">
          {ours > 0 && (
            <span
              className={classes("health-budget__ours", isOver && "health-budget__ours_over")}
              style={{ width: at(ours) }}
            />
          )}
          <span className="health-budget__others" style={{ width: at(others) }} />
        </span>
        {granted !== null && <span className="health-budget__mark" style={{ left: at(granted) }} />}
        {limit !== null && (
          <span className="health-budget__mark health-budget__mark_limit" style={{ left: at(limit) }} />
        )}
      </div>
      <dl className="health-budget__legend">
        <Item look="ours" label="This connector" value={count(ours)} />
        <Item
          look="others"
          label="Other integrations"
          value={budget.limit === null ? "not known" : count(others)}
        />
        <Item look="granted" label="Granted to this connector" value={grantedWords(budget)} />
        <Item look="limit" label="Salesforce’s limit" value={limit === null ? "not known" : count(limit)} />
      </dl>
    </>
  );
}

function Item({ look, label, value }: { look: string; label: string; value: string }) {
  return (
    <div>
      <dt>
        <span className={`health-budget__key health-budget__key_${look}`} aria-hidden="true" /> {label}
      </dt>
      <dd>{value}</dd>
    </div>
  );
}
