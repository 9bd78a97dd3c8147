"use client";

import type { Rules } from "@/lib/core/connection-settings";
import { Field } from "../ui/field";
import { Select } from "../ui/select";
import { anonymisedOptions, anonymisedSentence } from "./anonymised-words";

interface AnonymisedRuleProps {
  rules: Rules;
  onChange: (change: (rules: Rules) => Rules) => void;
}

/** What becomes of contacts that S-360 anonymised, whatever their kind. */
export function AnonymisedRule({ rules, onChange }: AnonymisedRuleProps) {
  const chosen = anonymisedOptions.find(({ value }) => value === rules.in.anonymised);
  return (
    <>
      <Field className="rules-sentence" label={`${anonymisedSentence}:`} help={chosen?.help}>
        <Select
          options={anonymisedOptions}
          value={rules.in.anonymised}
          onChange={({ target }) => {
            const next = anonymisedOptions.find(({ value }) => value === target.value);
            if (next) onChange((now) => ({ ...now, in: { ...now.in, anonymised: next.value } }));
          }}
        />
      </Field>
      <p className="rules-quiet">
        S-360 does not tell which contacts it deletes. With <code>s360.checksPerDay</code> in the connection’s
        file it is asked for so many known contacts a day; one that it no longer knows waits under Reviews,
        unless nothing is to be done.
      </p>
    </>
  );
}
