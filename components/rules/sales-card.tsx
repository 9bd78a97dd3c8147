"use client";

import type { SalesSettings } from "@/lib/core/sales-settings";
import { Card } from "../ui/card";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { Select } from "../ui/select";
import {
  anonymousOptions,
  anonymousSentence,
  withoutContactOptions,
  withoutContactSentence,
} from "./sales-words";

interface SalesCardProps {
  sales: SalesSettings;
  onChange: (change: Partial<SalesSettings>) => void;
  problem?: string;
}

/** What becomes of sales whose contact Salesforce does not get, and of those that name none. */
export function SalesCard({ sales, onChange, problem }: SalesCardProps) {
  const { withoutContact, anonymous, placeholder } = sales;
  return (
    <Card title="Sales without a contact" icon="connection">
      <ul>
        <li className="rules-rule">
          <Field
            className="rules-sentence"
            label={`${withoutContactSentence}:`}
            help={withoutContactOptions.find(({ value }) => value === withoutContact)?.help}
          >
            <Select
              options={withoutContactOptions}
              value={withoutContact}
              onChange={(event) =>
                onChange({ withoutContact: event.target.value === "unlinked" ? "unlinked" : "wait" })
              }
            />
          </Field>
        </li>
        <li className="rules-rule">
          <Field
            className="rules-sentence"
            label={`${anonymousSentence}:`}
            help={anonymousOptions.find(({ value }) => value === anonymous)?.help}
          >
            <Select
              options={anonymousOptions}
              value={anonymous}
              onChange={(event) => {
                const chosen = anonymousOptions.find(({ value }) => value === event.target.value);
                if (chosen) onChange({ anonymous: chosen.value });
              }}
            />
          </Field>
          {anonymous === "placeholder" && (
            <Field
              className="rules-sentence"
              label="… which is the Account with the Sync ID or Salesforce id:"
              help="Create it in Salesforce first: it is looked for when the rules are saved."
              error={problem}
            >
              <Input
                autoComplete="off"
                spellCheck={false}
                maxLength={40}
                value={placeholder}
                onChange={(event) => onChange({ placeholder: event.target.value })}
              />
            </Field>
          )}
        </li>
      </ul>
    </Card>
  );
}
