"use client";

import type { Rules } from "@/lib/core/connection-settings";
import { Field } from "../ui/field";
import { Select } from "../ui/select";
import { ConditionField } from "./condition-field";
import { choiceOf, takesCondition, withChoice, withCondition, type RuleSentence } from "./sentences";

interface RuleRowProps {
  sentence: RuleSentence;
  rules: Rules;
  onChange: (change: (rules: Rules) => Rules) => void;
  /** For conditions: what can be read of the Salesforce record. */
  known: readonly string[] | null;
}

/** One sentence with its choice, and what that leads to beside it. */
export function RuleRow({ sentence, rules, onChange, known }: RuleRowProps) {
  const { when, kind, options } = sentence;
  const choice = choiceOf(rules, sentence);
  return (
    <li className="rules-rule">
      <Field
        className="rules-sentence"
        label={`${when}:`}
        help={options.find(({ value }) => value === choice)?.help}
      >
        <Select
          options={options}
          value={choice}
          onChange={(event) => onChange((current) => withChoice(current, sentence, event.target.value))}
        />
      </Field>
      {takesCondition(rules, sentence) && (
        <ConditionField
          sentence={when}
          value={rules.out[kind].createWhen}
          known={known}
          onChange={(text) => onChange((current) => withCondition(current, kind, text))}
        />
      )}
    </li>
  );
}
