"use client";

import { useId, useState } from "react";
import type { SaleRule, SalesRules, SaleStanding } from "@/lib/core/mapping/sales/sales";
import type { OrderCodes, TargetField } from "@/lib/mappings/contract";
import { Badge } from "../../ui/badge";
import { Button } from "../../ui/button";
import { Card } from "../../ui/card";
import { Menu, MenuButton } from "../../ui/menu";
import { counted } from "../../ui/numbers";
import { caughtBefore, presets, withPreset, type Preset } from "./presets";
import { SaleFields } from "./sale-fields";
import { SaleRuleRow } from "./sale-rule-row";
import { useFieldText } from "../field-labels";
import { ruleSentence, salesSentences, sentencesForAll, standingSentence } from "./words";
import "./sales.css";

interface SalesCardProps {
  sales: SalesRules;
  /** Of the chosen record; null until it is known. */
  standing: SaleStanding | null;
  /** Target fields that the lines fill. */
  filled: readonly TargetField[];
  fields: readonly TargetField[];
  /** The org's package prefix; null while the org was never asked. */
  prefix: string | null;
  seen: OrderCodes;
  onSales: (sales: SalesRules) => void;
}

/** What becomes of orders by their type and state: written, marked or ignored, with which sign. */
export function SalesCard({ sales, standing, filled, fields, prefix, seen, onSales }: SalesCardProps) {
  const [open, setOpen] = useState(false);
  const [said, setSaid] = useState("");
  const bodyId = useId();
  const show = (shown: boolean) => {
    setOpen(shown);
    setSaid("");
  };
  const { rules } = sales;
  const sentences = salesSentences(sales, useFieldText());
  const withRules = (next: readonly SaleRule[], announcement: string) => {
    onSales({ ...sales, rules: [...next] });
    setSaid(announcement);
  };
  const add = (preset: Preset) => {
    const { rules: next, at } = withPreset(rules, preset);
    withRules(next, `Rule ${at + 1} is added`);
  };
  const move = (index: number, by: -1 | 1) => {
    const moved = rules[index];
    if (!moved || !rules[index + by]) return;
    withRules(
      rules.toSpliced(index, 1).toSpliced(index + by, 0, moved),
      `Rule ${index + 1} is rule ${index + by + 1} now`,
    );
  };
  return (
    <Card
      title="What becomes of orders"
      aside={
        standing && sentences.length > 0 ? (
          <Badge tone={standing.action === "write" ? "success" : "warning"}>
            {standingSentence(standing)}
          </Badge>
        ) : (
          counted(rules.length, "rule")
        )
      }
      actions={
        <Button onClick={() => show(!open)} aria-expanded={open} aria-controls={bodyId}>
          {open ? "Done" : sentences.length === 0 ? "Add a rule" : "Change"}
        </Button>
      }
    >
      <p className="slds-assistive-text" role="status">
        {said}
      </p>
      {!open && <Sentences sales={sales} />}
      {open && (
        <div
          id={bodyId}
          className="sales"
          onKeyDown={(event) => event.key === "Escape" && !event.defaultPrevented && show(false)}
        >
          <p className="mappings-quiet">
            The first rule that fits an order counts. Orders that no rule fits are written as S-360 sends
            them.
          </p>
          {rules.length > 0 && (
            <ol className="sales__rules">
              {rules.map((rule, index) => (
                <SaleRuleRow
                  key={index}
                  rule={rule}
                  index={index}
                  count={rules.length}
                  seen={seen}
                  counts={standing?.rule === index}
                  caughtBefore={caughtBefore(rules, index)}
                  onRule={(changed) => onSales({ ...sales, rules: rules.with(index, changed) })}
                  onMove={(by) => move(index, by)}
                  onRemove={() => withRules(rules.toSpliced(index, 1), `Rule ${index + 1} is removed`)}
                />
              ))}
            </ol>
          )}
          <Menu align="start" trigger={<Button icon="add">Add a rule</Button>}>
            {presets.map((preset) => (
              <MenuButton key={preset.label} onClick={() => add(preset)}>
                {preset.label}
              </MenuButton>
            ))}
          </Menu>
          <SaleFields sales={sales} filled={filled} fields={fields} prefix={prefix} onSales={onSales} />
        </div>
      )}
    </Card>
  );
}

function Sentences({ sales }: Pick<SalesCardProps, "sales">) {
  const textOf = useFieldText();
  const more = sentencesForAll(sales, textOf);
  if (sales.rules.length + more.length === 0)
    return (
      <p className="mappings-quiet">
        Every order is written as S-360 sends it: sales, refunds, options, reservations and abandoned ones
        alike.
      </p>
    );
  return (
    <>
      <ol className="sales__sentences">
        {sales.rules.map((rule, index) => (
          <li key={index}>{ruleSentence(rule, sales, textOf)}</li>
        ))}
      </ol>
      {more.map((sentence) => (
        <p key={sentence} className="mappings-quiet">
          {sentence}
        </p>
      ))}
    </>
  );
}
