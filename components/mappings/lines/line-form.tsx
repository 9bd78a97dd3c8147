"use client";

import { useImperativeHandle, useMemo, useRef, type KeyboardEvent, type Ref } from "react";
import type { MappingLine } from "@/lib/core/mapping/document";
import type { Kind } from "@/lib/core/words";
import type { TargetField } from "@/lib/mappings/contract";
import { Button } from "../../ui/button";
import { Field } from "../../ui/field";
import { Input } from "../../ui/input";
import { CodeAdvice } from "../expressions/code-advice";
import type { EditedLine, Unread } from "../draft/content";
import { FieldRoom } from "./field-room";
import { fittingPaths } from "./fit";
import { LineSource, type LineSourceHandle } from "./line-source";
import { PolicyFields } from "./policy-fields";
import { compiledPath, type EditorSource } from "../source/source";
import { WayBackFields } from "../way-back/way-back-fields";

interface LineFormProps {
  edited: EditedLine;
  /** What the line says in the saved draft. */
  saved: string;
  kind: Kind;
  field: TargetField | null;
  source: EditorSource;
  /** What the line says does not fit the field. */
  isUnfit: boolean;
  onEdit: (changes: Partial<MappingLine>) => void;
  onUnread: (unread: Unread, expression?: string) => void;
  onClose: () => void;
  ref?: Ref<LineSourceHandle>;
}

/** Where the value of one line comes from, and its policies. */
export function LineForm(props: LineFormProps) {
  const { edited, saved, kind, field, source, isUnfit, onEdit, onUnread, onClose, ref } = props;
  const { line } = edited;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    event.preventDefault();
    onClose();
  };
  const choice = useRef<LineSourceHandle>(null);
  useImperativeHandle(ref, () => ({
    insertPath: (path) => choice.current?.insertPath(path),
  }));
  const isSought = edited.unread === null && (line.expression.trim() === "" || isUnfit);
  const fitting = useMemo(
    () => (field && isSought ? fittingPaths(field, source) : []),
    [field, isSought, source],
  );
  return (
    <div className="mappings-form" onKeyDown={onKeyDown}>
      <div className="mappings-form__fields">
        {field && (
          <FieldRoom
            field={field}
            fitting={fitting}
            onPick={(path) => onEdit({ ...compiledPath(path, source) })}
          />
        )}
        <LineSource
          ref={choice}
          edited={edited}
          saved={saved}
          source={source}
          onExpression={(expression) => onEdit({ expression })}
          onUnread={onUnread}
        />
        {edited.unread === null && (
          <CodeAdvice
            expression={line.expression}
            source={source}
            onExpression={(expression) => onEdit({ expression })}
          />
        )}
        <WayBackFields line={line} kind={kind} field={field} source={source} onEdit={onEdit} />
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
