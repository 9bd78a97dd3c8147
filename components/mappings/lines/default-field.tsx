import { useId } from "react";
import type { FieldRoom } from "@/lib/core/mapping/fit/fit";
import type { MappingLine } from "@/lib/core/mapping/document";
import { Field } from "../../ui/field";
import { Input } from "../../ui/input";
import { Select } from "../../ui/select";
import { inputFor, problemOfDefault, type Default } from "./default-value";

interface DefaultFieldProps {
  label: string;
  value: Default;
  /** Null while the org was never asked. */
  room: FieldRoom | null;
  tooLong: MappingLine["tooLong"];
  onChange: (value: Default) => void;
}

/** A value to write in place of another, typed as its field takes it, with what is wrong with it. */
export function DefaultField({ label, value, room, tooLong, onChange }: DefaultFieldProps) {
  const listId = useId();
  const kind = inputFor(value, room);
  const text = value === null ? "" : String(value);
  const error = problemOfDefault(value, room, tooLong);
  if (kind === "checkbox") {
    return (
      <Field label={label}>
        <Select
          options={yesOrNo}
          value={String(value === true || value === "true")}
          onChange={(event) => onChange(event.target.value === "true")}
        />
      </Field>
    );
  }
  if (kind === "picklist") {
    return (
      <Field label={label} error={error}>
        <Select
          options={choicesOf(text, room?.picklistValues ?? [])}
          value={text}
          onChange={(event) => onChange(event.target.value)}
        />
      </Field>
    );
  }
  return (
    <Field label={label} help={`${helps[kind] ?? ""}Left empty, it clears the field.`} error={error}>
      <Input
        type={kind === "date" || kind === "datetime-local" ? kind : "text"}
        inputMode={kind === "decimal" ? "decimal" : undefined}
        list={kind === "suggested" ? listId : undefined}
        value={text}
        onChange={(event) => onChange(event.target.value)}
      />
      {kind === "suggested" && (
        <datalist id={listId}>
          {room?.picklistValues.map((each) => (
            <option key={each} value={each} />
          ))}
        </datalist>
      )}
    </Field>
  );
}

const helps: Partial<Record<ReturnType<typeof inputFor>, string>> = {
  "datetime-local": "In the venue’s time zone. ",
  decimal: "A number, such as 12.50. ",
};

const yesOrNo = [
  { value: "true", label: "Checked (true)" },
  { value: "false", label: "Not checked (false)" },
];

/** What stands there already stays to be seen. */
function choicesOf(text: string, values: readonly string[]) {
  const others = text === "" || values.includes(text) ? [] : [text];
  return [
    { value: "", label: "Empty: clears the field" },
    ...others.map((value) => ({ value, label: `${value} (not in the picklist)` })),
    ...values.map((value) => ({ value, label: value })),
  ];
}
