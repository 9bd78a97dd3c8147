"use client";

import { useRef, type KeyboardEvent } from "react";
import type { MappingLine } from "@/lib/core/mapping/document";
import type { Kind } from "@/lib/core/words";
import type { TargetField } from "@/lib/mappings/contract";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import type { EditedLine } from "./editor-state";
import { ExpressionInput, type ExpressionHandle } from "./expression-input";
import { ExpressionHelp, type HelpContent } from "./expression-help";
import { PolicyFields } from "./policy-fields";
import { WayBackFields } from "./way-back-fields";

interface LineFormProps {
  edited: EditedLine;
  kind: Kind;
  field: TargetField | null;
  help: HelpContent;
  onEdit: (changes: Partial<MappingLine>) => void;
  onClose: () => void;
}

/** Expression and policies of one line, with the functions and values it can use beside them. */
export function LineForm({ edited: { line }, kind, field, help, onEdit, onClose }: LineFormProps) {
  const expression = useRef<ExpressionHandle>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    event.preventDefault();
    onClose();
  };
  return (
    <div className="mappings-form" onKeyDown={onKeyDown}>
      <div className="mappings-form__fields">
        <Field
          label="Expression"
          help="JSONata. What it gives on the chosen record is shown above while you type."
        >
          <ExpressionInput
            ref={expression}
            value={line.expression}
            onChange={(value) => onEdit({ expression: value })}
            autoFocus
          />
        </Field>
        <WayBackFields line={line} kind={kind} field={field} onEdit={onEdit} />
        <PolicyFields line={line} field={field} onEdit={onEdit} />
        <Field label="Note" help="For colleagues; not sent anywhere.">
          <Input
            value={line.note ?? ""}
            maxLength={500}
            onChange={(event) => onEdit({ note: event.target.value || undefined })}
          />
        </Field>
        <Button onClick={onClose}>Done</Button>
      </div>
      <ExpressionHelp content={help} onInsert={(text) => expression.current?.insert(text)} />
    </div>
  );
}
