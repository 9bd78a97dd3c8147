import type { MappingDocument } from "@/lib/core/mapping/document";
import { goldenStandings, standingWords, type GoldenStanding } from "@/lib/core/mapping/golden/golden";
import { Field } from "../../ui/field";
import { Select } from "../../ui/select";

type Chosen = (typeof goldenStandings)[number];

interface ExpectStandingProps {
  document: MappingDocument;
  expected: GoldenStanding;
  value: Chosen | undefined;
  onChange: (standing: Chosen) => void;
}

/** Whether the record must take part; only sales can be marked or ignored by rules. */
export function ExpectStanding({ document, expected, value, onChange }: ExpectStandingProps) {
  const possible = goldenStandings.filter(
    (standing) => document.kind === "operation" || standing === "write" || standing === "left-out",
  );
  const held = typeof expected === "object";
  return (
    <Field label="The record must be">
      <Select
        value={value ?? (held ? "" : expected)}
        onChange={({ target }) => {
          const chosen = possible.find((standing) => standing === target.value);
          if (chosen) onChange(chosen);
        }}
        options={[
          ...(held ? [{ value: "", label: standingWords(expected) }] : []),
          ...possible.map((standing) => ({ value: standing, label: standingWords(standing) })),
        ]}
      />
    </Field>
  );
}
