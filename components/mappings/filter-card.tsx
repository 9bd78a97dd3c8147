"use client";

import { useState } from "react";
import type { MappingPreview } from "@/lib/mappings/contract";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { ExpressionField } from "./expression-field";
import type { EditorSource } from "./source";

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
  return (
    <Card
      title="Which records take part"
      aside={filter === "" ? "All" : <Verdict takesPart={takesPart} />}
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
          <code>{filter}</code>
        ))}
      {open && (
        <div
          className="mappings-filter"
          onKeyDown={(event) => event.key === "Escape" && !event.defaultPrevented && close()}
        >
          <ExpressionField
            label="Filter"
            help={
              'A condition such as state = "ACTIVE". Records for which it is not true are neither created nor changed; what is in Salesforce stays.'
            }
            expression={filter}
            source={source}
            onExpression={onFilter}
            autoFocus
          />
          {filter !== "" && <Button onClick={() => onFilter("")}>Let all records take part</Button>}
        </div>
      )}
    </Card>
  );
}

function Verdict({ takesPart }: Pick<FilterCardProps, "takesPart">) {
  if (typeof takesPart === "string") return <Badge tone="error">{takesPart}</Badge>;
  if (takesPart === null) return <Badge>With a filter</Badge>;
  return takesPart ? (
    <Badge tone="success">The chosen record takes part</Badge>
  ) : (
    <Badge tone="warning">The chosen record does not take part</Badge>
  );
}
