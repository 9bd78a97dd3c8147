import type { GoldenDifference, GoldenField } from "@/lib/core/mapping/golden/golden";
import { Field } from "../../ui/field";
import { Input } from "../../ui/input";
import { Select } from "../../ui/select";
import { needsText, type FieldDraft } from "./expect-draft";

interface ExpectFieldProps {
  label: string;
  draft: FieldDraft;
  /** Where the lines give something else now. */
  difference: GoldenDifference | null;
  error: string | undefined;
  onChange: (draft: FieldDraft) => void;
}

const options = [
  { value: "be", label: "must be" },
  { value: "be-empty", label: "must be empty" },
  { value: "stay", label: "must be left as it is" },
  { value: "be-anything", label: "may be anything" },
  { value: "be-refused", label: "must hold the record" },
];

/** What one field must get. */
export function ExpectField({ label, draft, difference, error, onChange }: ExpectFieldProps) {
  const now = difference?.field ? `The lines give: ${words(difference.got)}` : undefined;
  return (
    <div role="group" aria-label={label} className="golden-field">
      <Field label={label} error={needsText(draft) ? undefined : error} help={now}>
        <Select
          value={draft.must}
          onChange={({ target }) => onChange(switched(draft, target.value as FieldDraft["must"]))}
          options={options}
        />
      </Field>
      {needsText(draft) && (
        <Field label={draft.must === "be" ? "Value" : "Saying (any words, if left out)"} error={error}>
          <Input value={draft.text} onChange={({ target }) => onChange({ ...draft, text: target.value })} />
        </Field>
      )}
    </div>
  );
}

/** A value is no refusal's words, nor the other way round. */
function switched(draft: FieldDraft, must: FieldDraft["must"]): FieldDraft {
  return { must, text: must === "be-refused" || draft.must === "be-refused" ? "" : draft.text };
}

function words(got: GoldenField | null): string {
  if (got === null) return "left as it is";
  if ("problem" in got) return `held: ${got.problem}`;
  return got.value === null ? "empty" : String(got.value);
}
