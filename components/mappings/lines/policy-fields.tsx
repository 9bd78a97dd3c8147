"use client";

import type { MappingLine } from "@/lib/core/mapping/document";
import type { TargetField } from "@/lib/mappings/contract";
import { Checkbox } from "../../ui/checkbox";
import { Field } from "../../ui/field";
import { Select } from "../../ui/select";
import { Textarea } from "../../ui/textarea";
import { DefaultField } from "./default-field";
import { shownName } from "../names";
import {
  chooseInvalid,
  chooseMissing,
  invalidChoiceOf,
  invalidChoices,
  missingChoiceOf,
  missingChoices,
  tooLongChoices,
  whenChoices,
  type InvalidChoice,
  type MissingChoice,
} from "./policies";

interface PolicyFieldsProps {
  line: MappingLine;
  field: TargetField | null;
  onEdit: (changes: Partial<MappingLine>) => void;
}

/** What to do when there is no value, an unusable one, one that is too long, and when to write at all. */
export function PolicyFields({ line, field, onEdit }: PolicyFieldsProps) {
  const isBoolean = field?.isBoolean ?? false;
  const missing = missingChoiceOf(line);
  const invalid = invalidChoiceOf(line);
  return (
    <div className="mappings-policies">
      <Field label="If there is no value">
        <Select
          options={missingChoices}
          value={missing}
          onChange={(event) => onEdit(chooseMissing(line, event.target.value as MissingChoice, isBoolean))}
        />
      </Field>
      {typeof line.onMissing === "object" && (
        <DefaultField
          label="Value if there is none"
          value={line.onMissing.default}
          room={line.reference ? null : (field?.room ?? null)}
          tooLong={line.tooLong}
          onChange={(value) =>
            onEdit({ onMissing: { default: value, when: missing === "default-new" ? "create" : "always" } })
          }
        />
      )}
      {line.required !== undefined && (
        <Field
          label="What is wrong then, in a sentence"
          required
          error={line.required.trim() === "" ? "Write what is missing, for those who correct it." : undefined}
        >
          <Textarea
            rows={2}
            value={line.required}
            onChange={(event) => onEdit({ required: event.target.value })}
          />
        </Field>
      )}
      <Field label="If the value is not valid">
        <Select
          options={invalidChoices}
          value={invalid}
          onChange={(event) => onEdit(chooseInvalid(line, event.target.value as InvalidChoice, isBoolean))}
        />
      </Field>
      {typeof line.onInvalid === "object" && (
        <DefaultField
          label="Value instead of an invalid one"
          value={line.onInvalid.default}
          room={line.reference ? null : (field?.room ?? null)}
          tooLong={line.tooLong}
          onChange={(value) => onEdit({ onInvalid: { default: value } })}
        />
      )}
      <Field label="If the value is too long">
        <Select
          options={tooLongChoices}
          value={line.tooLong}
          onChange={(event) => onEdit({ tooLong: event.target.value as MappingLine["tooLong"] })}
        />
      </Field>
      <Field label="When it is written">
        <Select
          options={whenChoices}
          value={line.when}
          onChange={(event) => onEdit({ when: event.target.value as MappingLine["when"] })}
        />
      </Field>
      {line.reference && <ReferenceFields reference={line.reference} field={field} onEdit={onEdit} />}
    </div>
  );
}

interface ReferenceFieldsProps {
  reference: NonNullable<MappingLine["reference"]>;
  field: TargetField | null;
  onEdit: (changes: Partial<MappingLine>) => void;
}

/** A lookup takes the external id of another record. */
function ReferenceFields({ reference, field, onEdit }: ReferenceFieldsProps) {
  const objects = [...new Set([...(field?.referenceTo ?? []), reference.object])];
  return (
    <>
      <Field label="The expression gives the external id of">
        <Select
          options={objects.map((object) => ({ value: object, label: shownName(object) }))}
          value={reference.object}
          onChange={(event) => onEdit({ reference: { ...reference, object: event.target.value } })}
        />
      </Field>
      <Checkbox
        label="It is an S-360 contact number: wait until that contact is in Salesforce"
        checked={reference.family === "contact"}
        onChange={(event) =>
          onEdit({
            reference: {
              object: reference.object,
              ...(event.target.checked && { family: "contact" as const }),
            },
          })
        }
      />
    </>
  );
}
