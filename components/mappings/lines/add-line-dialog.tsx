"use client";

import { useState } from "react";
import { fitOf, fittingKinds, type Fit } from "@/lib/core/mapping/fit/fit";
import { linesByField } from "@/lib/core/mapping/lists/lines-by-field";
import type { MappingLine } from "@/lib/core/mapping/document";
import type { TargetField, TargetObject } from "@/lib/mappings/contract";
import { Button } from "../../ui/button";
import { Problem } from "../../ui/problem";
import { RelativeTime } from "../../ui/relative-time";
import { PickDialog, type Pick } from "../pick-dialog";
import { shownName } from "../names";
import { valueAt } from "./fit";
import type { EditorSource } from "../source/source";
import { useAskTarget } from "../editor/use-ask-target";

interface AddLineDialogProps {
  mappingId: number;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Null while the org was never asked. */
  target: TargetObject | null;
  lines: readonly MappingLine[];
  /** The value that was chosen for it; null when the field comes first. */
  picked: string | null;
  source: EditorSource;
  onAdd: (line: MappingLine) => void;
}

/** Choose the Salesforce field that a new line fills. What cannot be chosen says why. */
export function AddLineDialog(props: AddLineDialogProps) {
  const { mappingId, open, onOpenChange, target, lines, picked, source, onAdd } = props;
  const [search, setSearch] = useState("");
  const isUsed = usedBy(lines, target);
  const value = picked === null ? null : valueAt(picked, source);
  const found = (target?.fields ?? [])
    .filter((field) => matches(field, search))
    .map((field) => ({ field, fit: fitOf(value, field.room) }))
    .sort(byUse(isUsed));
  const close = (next: boolean) => {
    if (!next) setSearch("");
    onOpenChange(next);
  };
  return (
    <PickDialog
      open={open}
      onOpenChange={close}
      title="Add a line"
      description={
        target
          ? `Which field of ${objectName(target)} should ${picked ?? "it"} ${picked ? "go to" : "fill"}?`
          : undefined
      }
      searchLabel="Find a field by its label, API name or type"
      search={search}
      onSearch={setSearch}
      picks={found.map((choice) => pickOf(choice, isUsed))}
      onPick={(key) => {
        const field = target?.fields.find((each) => each.target === key);
        if (!field) return;
        onAdd(newLine(field));
        close(false);
      }}
      footer={<Button onClick={() => close(false)}>Cancel</Button>}
    >
      {value && <p className="mappings-fitting">{fittingKinds(value)}</p>}
      <FieldSource mappingId={mappingId} target={target} />
      {target && found.length === 0 && (
        <p className="slds-m-top_small">
          No field of {target.label} matches. A field made in Salesforce just now appears after asking again.
        </p>
      )}
    </PickDialog>
  );
}

function FieldSource({ mappingId, target }: { mappingId: number; target: TargetObject | null }) {
  const ask = useAskTarget(mappingId);
  return (
    <div className="slds-m-top_x-small">
      <p className="mappings-source">
        <span className="mappings-quiet">
          {target ? (
            <>
              Fields as Salesforce described them <RelativeTime at={target.askedAt} />.
            </>
          ) : (
            "Salesforce has not been asked for its fields yet: that happens with the first record."
          )}
        </span>
        <Button
          variant={target ? "base" : "brand"}
          icon="refresh"
          busy={ask.isPending}
          onClick={() => ask.mutate()}
        >
          {target ? "Ask again" : "Ask Salesforce now"}
        </Button>
      </p>
      {ask.error && <Problem error={ask.error} title="Salesforce could not be asked" />}
    </div>
  );
}

interface FieldChoice {
  readonly field: TargetField;
  readonly fit: Fit;
}

type IsUsed = (field: TargetField) => boolean;

function usedBy(lines: readonly MappingLine[], target: TargetObject | null): IsUsed {
  const { lineOf } = linesByField(lines, target?.fields ?? null);
  return ({ name }) => lineOf(name) !== null;
}

function pickOf({ field, fit }: FieldChoice, isUsed: IsUsed): Pick {
  return {
    key: field.target,
    title: (
      <>
        {field.label}
        {field.required && <abbr title="required"> *</abbr>}
      </>
    ),
    details: `${shownName(field.target)} · ${field.type}`,
    reason: isUsed(field) ? "A line fills this field already." : (field.notWritable ?? undefined),
    caution: fit.sentence ?? undefined,
  };
}

function objectName({ label, name }: TargetObject): string {
  return label === name ? label : `${label} (${name})`;
}

function matches({ label, name, type }: TargetField, search: string): boolean {
  const text = `${label} ${name} ${type}`.toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/** Required fields without a line first, then what is free, what hardly fits, what is used, what cannot be written. */
function byUse(isUsed: IsUsed): (a: FieldChoice, b: FieldChoice) => number {
  const rank = ({ field, fit }: FieldChoice) => {
    if (field.notWritable) return 5;
    if (isUsed(field)) return 4;
    if (fit.grade !== "fits") return fit.grade === "unlikely" ? 2 : 3;
    return field.required ? 0 : 1;
  };
  return (a, b) => rank(a) - rank(b);
}

function newLine({ target, referenceTo }: TargetField): MappingLine {
  const [object] = referenceTo;
  return {
    target,
    expression: "",
    onMissing: "leave",
    onInvalid: "hold",
    tooLong: "hold",
    when: "always",
    twoWay: false,
    ...(object !== undefined && { reference: { object } }),
  };
}
