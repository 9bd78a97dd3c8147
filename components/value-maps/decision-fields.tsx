import { maxValueLength, type ValueMapEntries } from "@/lib/core/mapping/document";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { Select } from "../ui/select";
import type { Then } from "./draft";
import { offeredListId } from "./used-fields";
import { ValueCaution } from "./value-caution";
import type { Decision } from "./use-decision";
import { quote, thenLabels } from "./words";

interface DecisionFieldsProps {
  decision: Decision;
  /** What the decision is about, for screen readers, such as a code. */
  about: string;
  otherwise: ValueMapEntries["otherwise"];
}

/** What a code stands for, or what is to be done with it. */
export function DecisionFields({ decision, about, otherwise }: DecisionFieldsProps) {
  const { then, value, change, caution } = decision;
  return (
    <>
      <Field label={`What ${about} does`} labelHidden>
        <Select
          options={optionsFor(otherwise)}
          value={then}
          onChange={({ target }) => change({ then: target.value as Then })}
        />
      </Field>
      {then === "value" && (
        <Field
          label={`Value of ${about}`}
          labelHidden
          help={caution && <ValueCaution caution={caution} onUse={(meant) => change({ value: meant })} />}
        >
          <Input
            list={offeredListId}
            value={value}
            maxLength={maxValueLength}
            placeholder="Value"
            autoComplete="off"
            onChange={({ target }) => change({ value: target.value })}
          />
        </Field>
      )}
    </>
  );
}

/** The rule for other codes is a choice of its own only where it writes something. */
function optionsFor(otherwise: ValueMapEntries["otherwise"]): readonly { value: Then; label: string }[] {
  const { otherwise: _, ...plain } = thenLabels;
  const options = (Object.keys(plain) as (keyof typeof plain)[]).map((value) => ({
    value,
    label: plain[value],
  }));
  if (typeof otherwise === "string" || otherwise.default === null) return options;
  return [...options, { value: "otherwise", label: `gets the default ${quote(otherwise.default)}` }];
}
