"use client";

import { useId, type ReactNode } from "react";
import type { Rules } from "@/lib/core/connection-settings";
import { contactKinds, type ContactKind, type Direction } from "@/lib/core/words";
import type { RulesDetail } from "@/lib/connections/contract";
import { Card } from "../ui/card";
import { RuleRow } from "./rule-row";
import { directionTitles, kindHelp, kindTitles, sentencesOf } from "./sentences";

interface DirectionCardProps {
  direction: Direction;
  rules: Rules;
  onChange: (change: (rules: Rules) => Rules) => void;
  fields: RulesDetail["fields"];
  /** What holds for all of it, above the sentences. */
  children?: ReactNode;
}

/** What becomes of a record that was created, changed or deleted on one side, by kind. */
export function DirectionCard({ direction, rules, onChange, fields, children }: DirectionCardProps) {
  return (
    <Card title={directionTitles[direction]} icon="connection">
      {children}
      {contactKinds.map((kind) => (
        <KindRules key={kind} {...{ direction, kind, rules, onChange }} known={fields[kind]} />
      ))}
    </Card>
  );
}

interface KindRulesProps extends Omit<DirectionCardProps, "fields" | "children"> {
  kind: ContactKind;
  known: readonly string[] | null;
}

function KindRules({ direction, kind, rules, onChange, known }: KindRulesProps) {
  const headingId = useId();
  return (
    <section className="rules-kind" aria-labelledby={headingId}>
      <h3 id={headingId} className="slds-text-heading_small">
        {kindTitles[kind]}
      </h3>
      <p className="rules-quiet">{kindHelp[kind]}</p>
      <ul>
        {sentencesOf(direction, kind).map((sentence) => (
          <RuleRow key={sentence.action} {...{ sentence, rules, onChange, known }} />
        ))}
      </ul>
    </section>
  );
}
