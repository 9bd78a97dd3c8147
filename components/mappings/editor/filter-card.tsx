"use client";

import { useMemo, useState, type Ref } from "react";
import { checkExpression } from "@/lib/core/mapping/expression/allow-list";
import type { FilterCount, MappingPreview } from "@/lib/mappings/contract";
import { Badge } from "../../ui/badge";
import { Button } from "../../ui/button";
import { Card } from "../../ui/card";
import type { CodeHandle } from "../../ui/code-field";
import { Icon } from "../../ui/icon";
import { exampleCondition } from "../expressions/examples";
import { doubtsIn } from "../expressions/name-doubts";
import { amountsComparedIn } from "../lines/fit";
import { CodeAdvice } from "../expressions/code-advice";
import { ExpressionField } from "../expressions/expression-field";
import { meantBy } from "./filter-meant";
import { wordsOfPart } from "./filter-words";
import type { EditorSource } from "../source/source";
import { useDebounced } from "../use-debounced";

const typingPauseMs = 1_000;

interface FilterCardProps {
  /** Empty for all records. */
  filter: string;
  source: EditorSource;
  /** Of the chosen record; null until it is known. */
  takesPart: MappingPreview["takesPart"];
  /** Of the latest records; null until it is known. */
  part: FilterCount | null;
  onFilter: (filter: string) => void;
  /** Whether somebody writes the filter: what is picked elsewhere goes into it then. */
  onWriting: (isWriting: boolean) => void;
  ref: Ref<CodeHandle>;
}

/** Which records take part in the mapping: all of them, or those for which a condition is true. */
export function FilterCard(props: FilterCardProps) {
  const { filter, source, takesPart, part, onFilter, onWriting, ref } = props;
  const [open, setOpen] = useState(false);
  const turn = (isOpen: boolean) => {
    setOpen(isOpen);
    onWriting(isOpen);
  };
  const unreadable = checkExpression(filter)[0]?.sentence ?? null;
  const tried = typeof takesPart === "string" ? takesPart : (part?.problem ?? null);
  const problem = filter === "" ? null : (unreadable ?? tried);
  const counted = unreadable === null && part ? wordsOfPart(part) : null;
  const amounts = amountsComparedIn(filter, source);
  // What is half typed means nothing yet.
  const settled = useDebounced(filter, typingPauseMs) === filter;
  const meant = useMemo(() => (settled ? meantBy(filter, source) : null), [settled, filter, source]);
  const told = open ? [] : (meant?.sentences ?? doubtsIn(filter, source));
  const doubts = problem === null ? [...told, ...amounts] : [];
  return (
    <Card
      title="Which records take part"
      aside={filter === "" ? "All" : <Verdict problem={problem} takesPart={takesPart} counted={counted} />}
      actions={
        <Button onClick={() => turn(!open)} aria-expanded={open}>
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
            <Advice sentences={doubts} />
          </>
        ))}
      {open && (
        <div
          className="mappings-filter"
          onKeyDown={(event) => event.key === "Escape" && !event.defaultPrevented && turn(false)}
          onFocus={() => onWriting(true)}
        >
          <ExpressionField
            ref={ref}
            label="Filter"
            help={`A condition such as ${exampleCondition(source)}. Records for which it is not true are neither created nor changed; what is in Salesforce stays.`}
            expression={filter}
            source={source}
            onExpression={onFilter}
            meant={meant}
            autoFocus
          />
          {problem !== null && unreadable === null && (
            <p className="mappings-result__problem" role="status">
              {problem}
            </p>
          )}
          <Advice sentences={doubts} />
          {problem === null && <CodeAdvice expression={filter} source={source} onExpression={onFilter} />}
          {filter !== "" && <Button onClick={() => onFilter("")}>Let all records take part</Button>}
        </div>
      )}
    </Card>
  );
}

function Advice({ sentences }: { sentences: readonly string[] }) {
  return sentences.map((sentence) => (
    <p key={sentence} className="mappings-advice">
      <Icon name="warning" size="xx-small" label="Worth a look" /> {sentence}
    </p>
  ));
}

interface VerdictProps {
  problem: string | null;
  takesPart: FilterCardProps["takesPart"];
  /** How many of the latest records take part. */
  counted: string | null;
}

function Verdict({ problem, takesPart, counted }: VerdictProps) {
  return (
    <>
      {counted !== null && <span className="mappings-filter__count">{counted}</span>}{" "}
      <VerdictOnSample problem={problem} takesPart={takesPart} />
    </>
  );
}

function VerdictOnSample({ problem, takesPart }: Pick<VerdictProps, "problem" | "takesPart">) {
  if (problem !== null) return <Badge tone="error">Cannot be told: the filter has a problem</Badge>;
  if (typeof takesPart !== "boolean") return <Badge>With a filter</Badge>;
  return takesPart ? (
    <Badge tone="success">The chosen record takes part</Badge>
  ) : (
    <Badge tone="warning">The chosen record does not take part</Badge>
  );
}
