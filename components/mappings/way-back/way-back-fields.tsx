"use client";

import type { MappingLine } from "@/lib/core/mapping/document";
import { goesBack } from "@/lib/core/mapping/back/inverse";
import type { Kind } from "@/lib/core/words";
import type { TargetField } from "@/lib/mappings/contract";
import { Field } from "../../ui/field";
import { Select } from "../../ui/select";
import type { EditorSource } from "../source/source";
import {
  chooseEdits,
  chooseOwner,
  editsChoices,
  ownerChoiceOf,
  ownerChoices,
  wayBackOf,
  withAdvice,
  type EditsChoice,
  type OwnerChoice,
  type WayBack,
} from "./way-back";

interface WayBackFieldsProps {
  line: MappingLine;
  kind: Kind;
  field: TargetField | null;
  source: EditorSource;
  onEdit: (changes: Partial<MappingLine>) => void;
}

/** Where edits made in Salesforce go, and whose value stays when S-360 changed too. Sales only come from S-360. */
export function WayBackFields({ line, kind, field, source, onEdit }: WayBackFieldsProps) {
  if (!goesBack(kind)) return null;
  const wayBack = wayBackOf(line, kind, field, source);
  const canGo = wayBack.outcome === "possible" || wayBack.outcome === "doubtful";
  const cannot = wayBack.outcome === "impossible" ? wayBack.sentence : null;
  const choices = editsChoices.map((choice) => ({
    ...choice,
    // What is chosen already stays to be seen.
    disabled: choice.value === "back" && !line.twoWay && !canGo,
  }));
  return (
    <div className="mappings-policies">
      <Field
        label="Edits in Salesforce"
        help={helpOf(line, wayBack)}
        error={line.twoWay && cannot !== null ? withAdvice(cannot) : undefined}
      >
        <Select
          options={choices}
          value={line.twoWay ? "back" : "stay"}
          onChange={(event) => onEdit(chooseEdits(event.target.value as EditsChoice))}
        />
      </Field>
      {line.twoWay && (
        <Field label="When both sides changed it">
          <Select
            options={ownerChoices}
            value={ownerChoiceOf(line)}
            onChange={(event) => onEdit(chooseOwner(event.target.value as OwnerChoice))}
          />
        </Field>
      )}
    </div>
  );
}

function helpOf({ twoWay, expression }: MappingLine, wayBack: WayBack): string | undefined {
  switch (wayBack.outcome) {
    case "possible":
      return twoWay ? wayBack.sentence : `They can go back to S-360. ${wayBack.sentence}`;
    case "doubtful":
      return wayBack.sentence;
    case "impossible":
      return twoWay ? undefined : wayBack.sentence;
    case "unknown":
      if (twoWay) return undefined;
      return expression.trim() === ""
        ? "Whether they can go back depends on the expression."
        : "Whether they can go back is told once the expression can be read.";
  }
}
