"use client";

import { useState } from "react";
import { checkExpression } from "@/lib/core/mapping/expression/allow-list";
import type { MappingPreview } from "@/lib/mappings/contract";
import { Badge } from "../../ui/badge";
import { Button } from "../../ui/button";
import { Card } from "../../ui/card";
import { Icon } from "../../ui/icon";
import { exampleCondition } from "../expressions/examples";
import { doubtsIn } from "../expressions/name-doubts";
import { CodeAdvice } from "../expressions/code-advice";
import { ExpressionField } from "../expressions/expression-field";
import type { EditorSource } from "../source/source";

interface FilterCardProps {
  /** Empty for all records. */
  filter: string;
  source: EditorSource;
  /** Of the chosen record; null until it is known. */
  takesPart: MappingPreview["takesPart"];
  onFilter: (filter: string) => void;
}

/** Which records take part in the mapping: all of them, or those for which a condition is true. */
export function FilterCard({ filter, source, takesPart, onFilter }: FilterCardProps) {
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  const problem = filter === "" ? null : problemOf(filter, takesPart);
  const doubts = problem === null && !open ? doubtsIn(filter, source) : [];
  return (
    <Card
      title="Which records take part"
      aside={filter === "" ? "All" : <Verdict problem={problem} takesPart={takesPart} />}
      actions={
        <Button onClick={() => setOpen(!open)} aria-expanded={open}>
          {open ? "Done" : filter === "" ? "Add a filter" : "Change"}
        </Button>
      }
    >
      {!open &&
        (filter === "" ? (
          <p className="mappings-quiet">Every record of this kind.</p>
        ) : (
          <>
            <code className="mappings-filter__text">{filter}</code>
            {problem !== null && <p className="mappings-result__problem">{problem}</p>}
            {doubts.map((sentence) => (
              <p key={sentence} className="mappings-advice">
                <Icon name="warning" size="xx-small" label="Worth a look" /> {sentence}
              </p>
            ))}
          </>
        ))}
      {open && (
        <div
          className="mappings-filter"
          onKeyDown={(event) => event.key === "Escape" && !event.defaultPrevented && close()}
        >
          <ExpressionField
            label="Filter"
            help={`A condition such as ${exampleCondition(source)}. Records for which it is not true are neither created nor changed; what is in Salesforce stays.`}
            expression={filter}
            source={source}
            onExpression={onFilter}
            autoFocus
          />
          {problem === null && <CodeAdvice expression={filter} source={source} onExpression={onFilter} />}
          {filter !== "" && <Button onClick={() => onFilter("")}>Let all records take part</Button>}
        </div>
      )}
    </Card>
  );
}

/** Why it cannot be told which records take part; null when it can. */
function problemOf(filter: string, takesPart: FilterCardProps["takesPart"]): string | null {
  const [unreadable] = checkExpression(filter);
  if (unreadable) return unreadable.sentence;
  return typeof takesPart === "string" ? takesPart : null;
}

function Verdict({ problem, takesPart }: Pick<FilterCardProps, "takesPart"> & { problem: string | null }) {
  if (problem !== null) return <Badge tone="error">Cannot be told: the filter has a problem</Badge>;
  if (typeof takesPart !== "boolean") return <Badge>With a filter</Badge>;
  return takesPart ? (
    <Badge tone="success">The chosen record takes part</Badge>
  ) : (
    <Badge tone="warning">The chosen record does not take part</Badge>
  );
}
