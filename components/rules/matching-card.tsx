"use client";

import { useEffect, useId, useRef, type ReactNode } from "react";
import type { Rules } from "@/lib/core/connection-settings";
import type { RulesDetail } from "@/lib/connections/contract";
import type { MatchingSettings, MatchRule } from "@/lib/core/matching/settings";
import { contactKinds, type ContactKind } from "@/lib/core/words";
import { Card } from "../ui/card";
import { Field } from "../ui/field";
import { Button } from "../ui/button";
import { Menu, MenuButton } from "../ui/menu";
import { Select } from "../ui/select";
import { MatchingRule } from "./matching-rule";
import { moved, presetsOf, severalOptions, type Filled } from "./matching-words";
import { kindTitles } from "./sentences";
import { TryRules } from "./try-rules";

interface MatchingCardProps {
  institution: string;
  rules: Rules;
  matching: MatchingSettings;
  filled: RulesDetail["filled"];
  onChange: (change: (matching: MatchingSettings) => MatchingSettings) => void;
}

/** By which rules contacts are matched with what Salesforce has already, by kind. */
export function MatchingCard({ institution, rules, matching, filled, onChange }: MatchingCardProps) {
  return (
    <Card title="What Salesforce may have already" icon="connection">
      <p className="rules-quiet">
        A contact that Salesforce does not know by its Sync ID is looked for by these rules, in their order.
        One record that fits and has no Sync ID is adopted; of several none is, before a person says which.
        One that carries another Sync ID belongs to somebody else: a new record is created, and the two are
        listed under Reviews. “Normalised” passes over case, accents, company suffixes and the way a phone is
        written.
      </p>
      {contactKinds.map((kind) => (
        <KindMatching
          key={kind}
          kind={kind}
          value={matching[kind]}
          filled={filled[kind]}
          onChange={(change) => onChange((current) => ({ ...current, [kind]: change(current[kind]) }))}
        >
          <TryRules
            {...{ institution, kind, matching }}
            filled={filled[kind]}
            notCreated={rules.in[kind].create !== "do"}
          />
        </KindMatching>
      ))}
    </Card>
  );
}

type Value = MatchingSettings[ContactKind];

interface KindMatchingProps {
  kind: ContactKind;
  value: Value;
  filled: Filled;
  onChange: (change: (value: Value) => Value) => void;
  children: ReactNode;
}

const mostRules = 6;

function KindMatching({ kind, value, filled, onChange, children }: KindMatchingProps) {
  const headingId = useId();
  const { rules, several } = value;
  const list = useRef<HTMLOListElement>(null);
  const followed = useRef<{ to: number; by: "up" | "down" } | null>(null);
  // The focus goes with the rule that was moved; at the end of the list, to its other button.
  useEffect(() => {
    const { to = -1, by } = followed.current ?? {};
    followed.current = null;
    const buttons = [
      ...(list.current?.children[to]?.querySelectorAll<HTMLButtonElement>("[data-move]") ?? []),
    ];
    const own = buttons.find(({ dataset, disabled }) => dataset["move"] === by && !disabled);
    (own ?? buttons.find(({ disabled }) => !disabled))?.focus();
  }, [rules]);
  const editRules = (change: (rules: readonly MatchRule[]) => MatchRule[]) =>
    onChange((current) => ({ ...current, rules: change(current.rules) }));
  return (
    <section className="rules-kind" aria-labelledby={headingId}>
      <h3 id={headingId} className="slds-text-heading_small">
        {kindTitles[kind]}
      </h3>
      {rules.length === 0 && (
        <p className="rules-quiet">No rule: what has no Sync ID in Salesforce is created anew.</p>
      )}
      <ol className="rules-matching" ref={list}>
        {rules.map((rule, index) => (
          <MatchingRule
            key={index}
            {...{ kind, rule, filled, index }}
            count={rules.length}
            onChange={(next) => editRules((current) => current.with(index, next))}
            onMove={(to) => {
              followed.current = { to, by: to < index ? "up" : "down" };
              editRules((current) => moved(current, index, to));
            }}
            onRemove={() => editRules((current) => current.toSpliced(index, 1))}
          />
        ))}
      </ol>
      {rules.length < mostRules && (
        <Menu
          align="start"
          trigger={
            <Button icon="add" aria-label={`Add a rule for ${kindTitles[kind].toLowerCase()}`}>
              Add rule
            </Button>
          }
        >
          {presetsOf(kind, filled).map(({ name, label, rule }) => (
            <MenuButton key={name} onClick={() => editRules((current) => [...current, rule])}>
              By {label}
            </MenuButton>
          ))}
        </Menu>
      )}
      {rules.length > 0 && (
        <Field
          className="rules-sentence"
          label={`When several Salesforce records fit ${kind === "individual" ? "an" : "a"} ${kind}:`}
          help="So it is too when one fits and it is not sure that it is the one. The first one found is never taken."
        >
          <Select
            options={severalOptions}
            value={several}
            onChange={({ target }) =>
              onChange((current) => ({ ...current, several: target.value === "tell" ? "tell" : "review" }))
            }
          />
        </Field>
      )}
      {children}
    </section>
  );
}
