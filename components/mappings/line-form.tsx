"use client";

import { type KeyboardEvent, type Ref } from "react";
import type { MappingLine } from "@/lib/core/mapping/document";
import type { Kind } from "@/lib/core/words";
import type { TargetField } from "@/lib/mappings/contract";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import type { EditedLine } from "./editor-state";
import { LineSource, type LineSourceHandle } from "./line-source";
import { PolicyFields } from "./policy-fields";
import type { EditorSource } from "./source";
import { WayBackFields } from "./way-back-fields";

interface LineFormProps {
  edited: EditedLine;
  kind: Kind;
  field: TargetField | null;
  source: EditorSource;
  onEdit: (changes: Partial<MappingLine>) => void;
  onUnread: (text: string) => void;
  onClose: () => void;
  ref?: Ref<LineSourceHandle>;
}

/** Where the value of one line comes from, and its policies. */
export function LineForm({ edited, kind, field, source, onEdit, onUnread, onClose, ref }: LineFormProps) {
  const { line } = edited;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    event.preventDefault();
    onClose();
  };
  return (
    <div className="mappings-form" onKeyDown={onKeyDown}>
      <div className="mappings-form__fields">
        <LineSource
          ref={ref}
          edited={edited}
          source={source}
          onExpression={(expression) => onEdit({ expression })}
          onUnread={onUnread}
        />
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
    </div>
  );
}
