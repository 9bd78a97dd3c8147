"use client";

import { useState } from "react";
import type { SourceNode } from "@/lib/mappings/contract";
import { Field } from "../ui/field";
import { Icon } from "../ui/icon";
import { Input } from "../ui/input";
import { Skeleton } from "../ui/skeleton";
import { foundIn, type EditorSource } from "./source";

interface SourcePaneProps {
  source: EditorSource;
  /** What a click does, for the title of each value. */
  action: string;
  onPick: (path: string) => void;
}

/** What S-360's records hold, as a tree: examples, and in how many of the latest records each value is. */
export function SourcePane({ source: { overview }, action, onPick }: SourcePaneProps) {
  const [search, setSearch] = useState("");
  if (!overview) return <Skeleton label="Reading what S-360 sends" />;
  const found = foundIn(overview.tree, search);
  return (
    <div className="source-pane">
      <Field label="Find a value" labelHidden>
        <Input
          type="search"
          placeholder="Find a value"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
      </Field>
      <p className="source-pane__about">
        {overview.records > 0
          ? `How often each value is there in the latest ${overview.records} records.`
          : "No record of this kind has come yet: this is what S-360's documentation knows."}
      </p>
      {found.length === 0 && <p className="mappings-quiet">Nothing of that name, and no such example.</p>}
      <Branches
        nodes={found}
        records={overview.records}
        open={search.trim() !== ""}
        action={action}
        onPick={onPick}
      />
    </div>
  );
}

interface BranchesProps {
  nodes: readonly SourceNode[];
  records: number;
  /** Everything is unfolded while somebody searches. */
  open: boolean;
  action: string;
  onPick: (path: string) => void;
}

function Branches({ nodes, ...rest }: BranchesProps) {
  return (
    <ul className="source-pane__list">
      {nodes.map((node) => (
        <li key={node.path}>
          {node.children.length > 0 ? <Branch node={node} {...rest} /> : <Leaf node={node} {...rest} />}
        </li>
      ))}
    </ul>
  );
}

function Branch({ node, open, ...rest }: { node: SourceNode } & Omit<BranchesProps, "nodes">) {
  const [unfolded, setUnfolded] = useState(false);
  const shown = open || unfolded;
  return (
    <>
      <button
        type="button"
        className="source-pane__item"
        aria-expanded={shown}
        onClick={() => setUnfolded(!shown)}
      >
        <Icon name={shown ? "chevron-down" : "chevron-right"} size="xx-small" />
        <span className="source-pane__name">{node.name}</span>
        <Filled node={node} records={rest.records} />
      </button>
      {shown && <Branches nodes={node.children} open={open} {...rest} />}
    </>
  );
}

function Leaf({ node, records, action, onPick }: { node: SourceNode } & Omit<BranchesProps, "nodes">) {
  return (
    <button
      type="button"
      className="source-pane__item source-pane__leaf"
      title={`${action}: ${node.path}`}
      onClick={() => onPick(node.path)}
    >
      <span className="source-pane__name">{node.name}</span>
      <Filled node={node} records={records} />
      <span className="source-pane__example">{node.example ?? (node.documented ? "not seen yet" : "")}</span>
    </button>
  );
}

function Filled({ node: { filled }, records }: { node: SourceNode; records: number }) {
  if (records === 0) return null;
  const share = Math.round((filled / records) * 100);
  const text = filled > 0 && share === 0 ? "<1 %" : `${share} %`;
  return (
    <span className="source-pane__filled" title={`In ${filled} of ${records} records`}>
      {text}
    </span>
  );
}
