"use client";

import type { ReactNode } from "react";
import type { ConditionReading } from "@/lib/core/mapping/condition";
import { Field } from "../ui/field";
import { Textarea } from "../ui/textarea";
import { placeOf, readsSentence, unknownFields, unknownSentence } from "./condition-words";
import { useCondition } from "./use-condition";

interface ConditionFieldProps {
  /** The sentence it belongs to, for screen readers. */
  sentence: string;
  value: string;
  onChange: (value: string) => void;
  /** What it can read of the Salesforce record; null while the org was never asked. */
  known: readonly string[] | null;
}

/** Which new records the rule is about, checked while it is typed. */
export function ConditionField({ sentence, value, onChange, known }: ConditionFieldProps) {
  const reading = useCondition(value);
  return (
    <Field
      className="rules-condition"
      label={
        <>
          … only if <span className="slds-assistive-text">({sentence})</span>
        </>
      }
      help={<Help value={value} reading={reading} />}
      error={reading && errorOf(value, reading, known)}
    >
      <Textarea
        code
        rows={1}
        value={value}
        maxLength={2_000}
        placeholder="PersonEmail != null"
        spellCheck={false}
        autoCapitalize="off"
        autoCorrect="off"
        autoComplete="off"
        onChange={(event) => onChange(event.target.value)}
      />
    </Field>
  );
}

function Help({ value, reading }: { value: string; reading: ConditionReading | null }) {
  if (value.trim() === "")
    return "Empty: all of them. Else JSONata over the Salesforce record, such as PersonEmail != null.";
  return (reading && readsSentence(reading)) ?? "JSONata over the Salesforce record.";
}

function errorOf(text: string, reading: ConditionReading, known: readonly string[] | null): ReactNode {
  if (text.trim() === "") return null;
  if (reading.problems.length > 0) {
    return reading.problems.map((problem, index) => {
      const place = placeOf(text, problem);
      return (
        <span key={index} className="rules-condition__problem">
          {problem.sentence}
          {place && (
            <code className="rules-condition__place">
              {place.before}
              <mark>{place.at}</mark>
              {place.after}
            </code>
          )}
        </span>
      );
    });
  }
  return unknownSentence(unknownFields(reading, known));
}
