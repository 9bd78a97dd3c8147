"use client";

import { useState } from "react";
import { fitOf, type FieldRoom } from "@/lib/core/mapping/fit/fit";
import type { SourceNode } from "@/lib/mappings/contract";
import { classes } from "../../ui/classes";
import { Field } from "../../ui/field";
import { Icon } from "../../ui/icon";
import { Input } from "../../ui/input";
import { Skeleton } from "../../ui/skeleton";
import { valueAt } from "../lines/fit";
import { foundIn, type EditorSource } from "./source";

interface SourcePaneProps {
  source: EditorSource;
  /** What a click does, for the title of each value. */
  action: string;
  /** Of the field that is to be filled: values that do not fit say so. Null while it is not known. */
  room: FieldRoom | null;
  onPick: (path: string) => void;
}

/** What S-360's records hold, as a tree: examples, and in how many of the latest records each value is. */
export function SourcePane({ source, action, room, onPick }: SourcePaneProps) {
  const { overview } = source;
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
        misfitOf={({ path }) => misfit(path, room, source)}
        onPick={onPick}
      />
    </div>
  );
}

/** Why a value does not fit the field; null when it does, or nobody can tell. */
function misfit(path: string, room: FieldRoom | null, source: EditorSource): string | null {
  if (!room) return null;
  const { grade, sentence } = fitOf(valueAt(path, source), room);
  return grade === "fits" ? null : sentence;
}

interface BranchesProps {
  nodes: readonly SourceNode[];
  records: number;
  /** Everything is unfolded while somebody searches. */
  open: boolean;
  action: string;
  misfitOf: (node: SourceNode) => string | null;
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

function Leaf({
  node,
  records,
  action,
  misfitOf,
  onPick,
}: { node: SourceNode } & Omit<BranchesProps, "nodes">) {
  const why = misfitOf(node);
  return (
    <button
      type="button"
      className={classes("source-pane__item source-pane__leaf", why !== null && "source-pane__leaf_unfit")}
      title={`${action}: ${node.path}`}
      onClick={() => onPick(node.path)}
    >
      <span className="source-pane__name">{node.name}</span>
      <Filled node={node} records={records} />
      <span className="source-pane__example">{node.example ?? (node.documented ? "not seen yet" : "")}</span>
      {why !== null && (
        <span className="source-pane__misfit" title={why}>
          Does not fit the open line
        </span>
      )}
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
