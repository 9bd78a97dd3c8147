"use client";

import type { MatchRule } from "@/lib/core/matching/settings";
import type { ContactKind } from "@/lib/core/words";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Select } from "../ui/select";
import { compareOptions, fieldOptions, isAsleep, nameOptions, type Filled } from "./matching-words";

interface MatchingRuleProps {
  kind: ContactKind;
  rule: MatchRule;
  index: number;
  count: number;
  filled: Filled;
  onChange: (rule: MatchRule) => void;
  onMove: (to: number) => void;
  onRemove: () => void;
}

const mostFields = 3;

/** One rule: the fields that must be equal, how they are compared, and its place. */
export function MatchingRule({
  kind,
  rule,
  index,
  count,
  filled,
  onChange,
  onMove,
  onRemove,
}: MatchingRuleProps) {
  const { fields, compare, names } = rule;
  const number = index + 1;
  const options = fieldOptions(kind, filled, fields);
  const free = options.filter(({ value }) => !fields.includes(value));
  const setField = (place: number, name: string) =>
    onChange({ ...rule, fields: name === "" ? fields.toSpliced(place, 1) : fields.with(place, name) });
  return (
    <li className="rules-matching__rule">
      <div className="rules-matching__fields">
        {fields.map((name, place) => (
          <Field key={place} label={place === 0 ? `Rule ${number}: the same` : "and the same"}>
            <Select
              value={name}
              options={[
                ...(fields.length > 1 ? [{ value: "", label: "(leave this field out)" }] : []),
                ...options.filter(({ value }) => value === name || !fields.includes(value)),
              ]}
              onChange={({ target }) => setField(place, target.value)}
            />
          </Field>
        ))}
        {fields.length < mostFields && free.length > 0 && (
          <Field label="and also the same">
            <Select
              value=""
              options={[{ value: "", label: "(no other field)" }, ...free]}
              onChange={({ target }) => onChange({ ...rule, fields: [...fields, target.value] })}
            />
          </Field>
        )}
        <Field label="compared">
          <Select
            value={compare}
            options={compareOptions}
            onChange={({ target }) =>
              onChange({ ...rule, compare: target.value === "normalised" ? "normalised" : "exact" })
            }
          />
        </Field>
        {kind !== "structure" && (
          <Field label="and">
            <Select
              value={names}
              options={nameOptions}
              onChange={({ target }) =>
                onChange({ ...rule, names: target.value === "may-differ" ? "may-differ" : "must-fit" })
              }
            />
          </Field>
        )}
      </div>
      {isAsleep(kind, filled, rule) && (
        <p>
          <Badge tone="warning">Asleep</Badge> No line of the mapping fills all these fields, or Salesforce
          cannot search by one of them: the rule is passed over.
        </p>
      )}
      <div className="rules-matching__buttons">
        <Button icon="up" iconOnly data-move="up" disabled={index === 0} onClick={() => onMove(index - 1)}>
          Move rule {number} up
        </Button>
        <Button
          icon="down"
          iconOnly
          data-move="down"
          disabled={number === count}
          onClick={() => onMove(index + 1)}
        >
          Move rule {number} down
        </Button>
        <Button icon="remove" iconOnly onClick={onRemove}>
          Remove rule {number}
        </Button>
      </div>
    </li>
  );
}
