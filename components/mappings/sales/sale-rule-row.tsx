"use client";

import type { KeyboardEvent } from "react";
import { orderTypeLabels } from "@/lib/core/mapping/shipped/order-types";
import type { SaleAction, SaleRule, SaleSign } from "@/lib/core/mapping/sales/sales";
import type { OrderCodes } from "@/lib/mappings/contract";
import { Badge } from "../../ui/badge";
import { Button } from "../../ui/button";
import { Field } from "../../ui/field";
import { Input } from "../../ui/input";
import { Select } from "../../ui/select";
import { CodesField } from "./codes-field";

interface SaleRuleRowProps {
  rule: SaleRule;
  index: number;
  count: number;
  seen: OrderCodes;
  /** Whether it counts for the chosen record. */
  counts: boolean;
  /** Numbers of the rules above that catch some of its orders. */
  caughtBefore: readonly number[];
  onRule: (rule: SaleRule) => void;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
}

const actions: readonly { value: SaleAction; label: string }[] = [
  { value: "write", label: "Write it" },
  { value: "mark", label: "Mark it, if Salesforce has it" },
  { value: "ignore", label: "Ignore it" },
];

const signs: readonly { value: SaleSign; label: string }[] = [
  { value: "as-sent", label: "As S-360 sends them" },
  { value: "plus", label: "Always positive" },
  { value: "minus", label: "Always negative" },
];

/** One rule: for which orders it is, and what it makes of them. Alt and an arrow key move it. */
export function SaleRuleRow(props: SaleRuleRowProps) {
  const { rule, index, count, seen, counts, caughtBefore, onRule, onMove, onRemove } = props;
  const name = `rule ${index + 1}`;
  const onKeyDown = (event: KeyboardEvent) => {
    if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
    event.preventDefault();
    onMove(event.key === "ArrowUp" ? -1 : 1);
  };
  return (
    <li className="sales-rule" aria-label={`Rule ${index + 1}`} onKeyDown={onKeyDown}>
      <div className="sales-rule__head">
        <strong>Rule {index + 1}</strong>
        {counts && <Badge tone="success">Counts for the chosen record</Badge>}
        <div className="mappings-buttons">
          <Button
            icon="up"
            iconOnly
            variant="base"
            disabled={index === 0}
            title="Move up (Alt+Up)"
            onClick={() => onMove(-1)}
          >
            Move {name} up
          </Button>
          <Button
            icon="down"
            iconOnly
            variant="base"
            disabled={index === count - 1}
            title="Move down (Alt+Down)"
            onClick={() => onMove(1)}
          >
            Move {name} down
          </Button>
          <Button icon="remove" iconOnly variant="base" title="Remove" onClick={onRemove}>
            Remove {name}
          </Button>
        </div>
      </div>
      <div className="mappings-policies">
        <CodesField
          label="Order type"
          empty="Every type"
          codes={rule.types}
          known={knownTypes(seen)}
          onCodes={(types) => onRule({ ...rule, types })}
        />
        <CodesField
          label="Order state"
          empty="Every state"
          codes={rule.states}
          known={knownStates(seen)}
          onCodes={(states) => onRule({ ...rule, states })}
        />
        <Field label="What becomes of it">
          <Select
            options={actions}
            value={rule.action}
            onChange={(event) => onRule({ ...rule, action: event.target.value as SaleAction })}
          />
        </Field>
        {rule.action === "write" && (
          <Field label="Sign of its amounts">
            <Select
              options={signs}
              value={rule.sign}
              onChange={(event) => onRule({ ...rule, sign: event.target.value as SaleSign })}
            />
          </Field>
        )}
        {rule.action === "mark" && (
          <Field label="Mark" required help="Written into the field of the marks, below.">
            <Input
              value={rule.mark ?? ""}
              maxLength={255}
              onChange={(event) => onRule(withMark(rule, event.target.value))}
            />
          </Field>
        )}
      </div>
      {caughtBefore.length > 0 && (
        <p className="mappings-advice">
          {caughtBefore.length === 1 ? "Rule" : "Rules"} {caughtBefore.join(", ")} above{" "}
          {caughtBefore.length === 1 ? "comes" : "come"} first, in whatever state an order is. Move this rule
          up if it is to count for those orders too.
        </p>
      )}
    </li>
  );
}

function withMark({ mark: _, ...rule }: SaleRule, mark: string): SaleRule {
  return mark.trim() === "" ? rule : { ...rule, mark };
}

function knownTypes({ types }: OrderCodes) {
  const codes = [...new Set([...types, ...Object.keys(orderTypeLabels)])];
  return codes.map((code) => ({ code, label: orderTypeLabels[code] ?? "Seen in recent orders" }));
}

function knownStates({ states }: OrderCodes) {
  const codes = [...new Set([...states, "CLOSED", "ABANDONNED"])];
  return codes.map((code) => ({ code, ...(states.includes(code) && { label: "Seen in recent orders" }) }));
}
