"use client";

import { titleOf } from "@/lib/core/review-standing";
import { reviewKinds, type ReviewKind } from "@/lib/core/reviews";
import { Field } from "../ui/field";
import { Select } from "../ui/select";

interface KindFilterProps {
  kind: ReviewKind | undefined;
  onChange: (kind: ReviewKind | undefined) => void;
}

const options = [
  { value: "", label: "All kinds" },
  ...reviewKinds.map((kind) => ({ value: kind, label: titleOf(kind) })),
];

/** Leaves only the reviews of one kind. */
export function KindFilter({ kind, onChange }: KindFilterProps) {
  return (
    <Field label="Kind of review" className="reviews-filter">
      <Select
        options={options}
        value={kind ?? ""}
        onChange={({ target }) => onChange(reviewKinds.find((one) => one === target.value))}
      />
    </Field>
  );
}
