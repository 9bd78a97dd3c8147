"use client";

import { sameField } from "@/lib/core/mapping/field-name";
import { marksOf } from "@/lib/core/mapping/sales/sale-values";
import type { SalesRules } from "@/lib/core/mapping/sales/sales";
import type { TargetField } from "@/lib/mappings/contract";
import { Checkbox } from "../../ui/checkbox";
import { Field } from "../../ui/field";
import { Input } from "../../ui/input";
import { Select } from "../../ui/select";
import { shownName } from "../names";
import { holdsMarks, isNumber } from "./fields";

interface SaleFieldsProps {
  sales: SalesRules;
  filled: readonly TargetField[];
  fields: readonly TargetField[];
  /** The org's package prefix; null while the org was never asked. */
  prefix: string | null;
  onSales: (sales: SalesRules) => void;
}

/** Which fields signs and marks go to, and what becomes of operations that an order loses. */
export function SaleFields({ sales, filled, fields, prefix, onSales }: SaleFieldsProps) {
  const numbers = filled.filter(isNumber);
  const { signed, vanished } = sales;
  const withSigned = (target: string, on: boolean) =>
    onSales({
      ...sales,
      signed: on ? [...signed, target] : signed.filter((each) => !sameField(each, target, prefix)),
    });
  return (
    <>
      <fieldset className="sales__signed">
        <legend className="slds-form-element__label">Amounts that get the sign of a rule</legend>
        {numbers.length === 0 && <p className="mappings-quiet">No line fills a number field.</p>}
        {numbers.map(({ target, label }) => (
          <Checkbox
            key={target}
            label={label}
            checked={signed.some((each) => sameField(each, target, prefix))}
            onChange={(event) => withSigned(target, event.target.checked)}
          />
        ))}
      </fieldset>
      <div className="mappings-policies">
        <MarkField
          sales={sales}
          fields={fields.filter((field) => !filled.includes(field))}
          prefix={prefix}
          onSales={onSales}
        />
        <Field
          label="An operation that a later version of its order lacks"
          help="S-360 sends an order again when it changes. What is missing then was taken off the order."
        >
          <Select
            options={[
              { value: "stays", label: "Stays as it is" },
              { value: "mark", label: "Is marked" },
            ]}
            value={vanished === undefined ? "stays" : "mark"}
            onChange={(event) => onSales(withVanished(sales, event.target.value === "mark" ? "Removed" : ""))}
          />
        </Field>
        {vanished !== undefined && (
          <Field label="Mark of such an operation" required>
            <Input
              value={vanished}
              maxLength={255}
              onChange={(event) => onSales({ ...sales, vanished: event.target.value })}
            />
          </Field>
        )}
      </div>
    </>
  );
}

function MarkField({ sales, fields, prefix, onSales }: Omit<SaleFieldsProps, "filled">) {
  const { markField } = sales;
  const options = fields
    .filter(holdsMarks)
    .map(({ target, label, name }) => ({ value: target, label: `${label} (${name})` }));
  const needed = markField === undefined && marksOf(sales).length > 0;
  const chosen = options.find(({ value }) => markField !== undefined && sameField(value, markField, prefix));
  return (
    <Field
      label="Field of the marks"
      error={needed ? "Choose the field that gets the marks." : undefined}
      help="A text or picklist field, such as Status. When a sale is written again, its mark is taken back; what somebody else wrote there stays."
    >
      <Select
        options={[
          { value: "", label: "None" },
          ...options,
          ...(chosen || markField === undefined
            ? []
            : [{ value: markField, label: `${shownName(markField)} (not in the org)` }]),
        ]}
        value={chosen?.value ?? markField ?? ""}
        onChange={(event) => onSales(withMarkField(sales, event.target.value))}
      />
    </Field>
  );
}

function withMarkField({ markField: _, ...sales }: SalesRules, target: string): SalesRules {
  return target === "" ? sales : { ...sales, markField: target };
}

function withVanished({ vanished: _, ...sales }: SalesRules, mark: string): SalesRules {
  return mark === "" ? sales : { ...sales, vanished: mark };
}
