"use client";

import { useState } from "react";
import type { SourcePath } from "@/lib/mappings/contract";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { Tabs } from "../ui/tabs";

/** A function of ours, as lib/core/mapping/functions.ts describes it. */
export interface FunctionHelp {
  readonly usage: string;
  readonly summary: string;
}

export interface HelpContent {
  readonly functions: readonly FunctionHelp[];
  /** Values of the chosen record; null without one. */
  readonly paths: readonly SourcePath[] | null;
}

interface ExpressionHelpProps {
  content: HelpContent;
  onInsert: (text: string) => void;
}

/** What an expression can use; a click puts it where the caret is. */
export function ExpressionHelp({ content, onInsert }: ExpressionHelpProps) {
  return (
    <div className="mappings-help">
      <Tabs
        label="What an expression can use"
        tabs={[
          {
            value: "values",
            label: "Values of the record",
            content: <Paths paths={content.paths} onInsert={onInsert} />,
          },
          {
            value: "functions",
            label: "Functions",
            content: <Functions functions={content.functions} onInsert={onInsert} />,
          },
        ]}
      />
    </div>
  );
}

function Paths({
  paths,
  onInsert,
}: {
  paths: readonly SourcePath[] | null;
  onInsert: (text: string) => void;
}) {
  const [search, setSearch] = useState("");
  if (!paths) return <p className="mappings-quiet">Choose a record above to see its values.</p>;
  const words = search.trim().toLowerCase();
  const found = paths.filter(({ path, example }) => `${path} ${example}`.toLowerCase().includes(words));
  return (
    <>
      <Field label="Find a value" labelHidden>
        <Input
          type="search"
          placeholder="Find a value"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
      </Field>
      <ul className="mappings-help__list">
        {found.map(({ path, example }) => (
          <li key={path}>
            <button type="button" className="mappings-help__item" onClick={() => onInsert(path)}>
              <code>{path}</code>
              <span className="mappings-quiet">{example}</span>
            </button>
          </li>
        ))}
        {found.length === 0 && <li className="mappings-quiet">This record has no such value.</li>}
      </ul>
    </>
  );
}

function Functions({
  functions,
  onInsert,
}: {
  functions: readonly FunctionHelp[];
  onInsert: (text: string) => void;
}) {
  return (
    <ul className="mappings-help__list">
      {functions.map(({ usage, summary }) => (
        <li key={usage}>
          <button type="button" className="mappings-help__item" onClick={() => onInsert(usage)}>
            <code>{usage}</code>
            <span>{summary}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
