"use client";

import { useMemo, useState } from "react";
import { compareLines, type ComparedLine, type PlacedLine } from "@/lib/core/mapping/difference";
import type { MappingDocument } from "@/lib/core/mapping/document";
import { sourceText } from "@/lib/core/mapping/lists/source-text";
import type { Kind } from "@/lib/core/words";
import { Badge } from "../../ui/badge";
import { Checkbox } from "../../ui/checkbox";
import { DataTable, type Column } from "../../ui/data-table";
import { counted } from "../../ui/numbers";
import type { Tone } from "../../ui/tone";
import { FieldName, useFieldText } from "../field-labels";
import { shownName } from "../names";
import { salesDifferences } from "../sales/words";
import { policyWords } from "../lines/policy-words";
import "./line-comparison.css";

const words: Record<Exclude<ComparedLine["change"], "same">, readonly [string, Tone]> = {
  added: ["Added", "success"],
  removed: ["Removed", "error"],
  changed: ["Changed", "info"],
};

interface LineComparisonProps {
  before: MappingDocument;
  after: MappingDocument;
  /** What the two are, such as "Version 2" and "Draft". */
  names: readonly [before: string, after: string];
}

/** Two documents side by side, line by line: what differs, and the rest on demand. */
export function LineComparison({ before, after, names }: LineComparisonProps) {
  const [whole, setWhole] = useState(false);
  const compared = useMemo(() => compareLines(before, after), [before, after]);
  const differing = compared.filter(differs);
  const same = compared.length - differing.length;
  const columns = useMemo(() => columnsOf(names, before.kind), [names, before.kind]);
  const headers = headersOf(before, after);
  const sales = salesDifferences(before.sales, after.sales, useFieldText());
  return (
    <div className="line-comparison">
      {headers.map(({ what, then, now }) => (
        <p key={what} className="line-comparison__header">
          <Badge tone="info">Changed</Badge> {what}: <code>{then}</code> became <code>{now}</code>.
        </p>
      ))}
      {sales.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {differing.length + headers.length + sales.length === 0 && (
        <p>{`${names[0]} and ${names[1]} say the same.`}</p>
      )}
      {same > 0 && (
        <Checkbox
          label={`Show what is the same (${counted(same, "line")})`}
          checked={whole}
          onChange={(event) => setWhole(event.target.checked)}
        />
      )}
      {(whole || differing.length > 0) && (
        <DataTable
          label={`${names[0]} and ${names[1]}, line by line`}
          columns={columns}
          rows={whole ? compared : differing}
          rowKey={(line) => `${line.before?.place ?? "-"} ${line.after?.place ?? "-"}`}
        />
      )}
    </div>
  );
}

function differs({ change, moved }: ComparedLine): boolean {
  return change !== "same" || moved;
}

function columnsOf(names: readonly [string, string], kind: Kind): readonly Column<ComparedLine>[] {
  return [
    {
      key: "field",
      header: "Salesforce field",
      rowHeader: true,
      wrap: true,
      width: "24%",
      cell: (line) => <FieldCell line={line} />,
    },
    {
      key: "before",
      header: names[0],
      wrap: true,
      width: "38%",
      cell: ({ before, after }) => <Side side={before} other={after} kind={kind} />,
    },
    {
      key: "after",
      header: names[1],
      wrap: true,
      width: "38%",
      cell: ({ before, after }) => <Side side={after} other={before} kind={kind} />,
    },
  ];
}

function FieldCell({ line: { target, change, moved, before, after } }: { line: ComparedLine }) {
  return (
    <>
      <FieldName target={target} />{" "}
      {change !== "same" && <Badge tone={words[change][1]}>{words[change][0]}</Badge>}{" "}
      {moved && <Badge>Moved</Badge>}
      {moved && (
        <span className="mappings-name">{`From place ${before?.place} to place ${after?.place}`}</span>
      )}
    </>
  );
}

interface SideProps {
  side: PlacedLine | null;
  other: PlacedLine | null;
  kind: Kind;
}

function Side({ side, other, kind }: SideProps) {
  if (!side) return <span className="mappings-quiet">No line</span>;
  return (
    <>
      <code className="line-comparison__source">{sourceText(side.line.expression, kind).text}</code>
      {policyWords(side.line, other?.line ?? null).map((sentence) => (
        <span key={sentence} className="mappings-name">
          {sentence}
        </span>
      ))}
    </>
  );
}

/** In what the two differ besides their lines. */
function headersOf(
  before: MappingDocument,
  after: MappingDocument,
): readonly { readonly what: string; readonly then: string; readonly now: string }[] {
  const parts = [
    ["Salesforce object", before.object, after.object],
    ["Key field", before.keyField, after.keyField],
    ["Record type", before.recordType ?? "none", after.recordType ?? "none"],
    ["Which records take part", before.filter ?? "all", after.filter ?? "all"],
  ] as const;
  return parts.flatMap(([what, then, now]) =>
    then === now ? [] : [{ what, then: shownName(then), now: shownName(now) }],
  );
}
