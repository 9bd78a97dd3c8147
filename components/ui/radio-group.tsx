"use client";

import { useId, type ReactNode } from "react";

interface RadioGroupProps<Value extends string> {
  /** What is chosen. */
  label: ReactNode;
  /** Each says what choosing it means. */
  options: readonly { readonly value: Value; readonly label: ReactNode }[];
  /** Null until something is chosen. */
  value: Value | null;
  onChange: (value: Value) => void;
}

/** Lightning radio buttons, one of which is chosen; arrow keys move between them. */
export function RadioGroup<Value extends string>(props: RadioGroupProps<Value>) {
  const { label, options, value, onChange } = props;
  const id = useId();
  return (
    <fieldset className="slds-form-element">
      <legend className="slds-form-element__legend slds-form-element__label">{label}</legend>
      <div className="slds-form-element__control">
        {options.map((option) => (
          <div key={option.value} className="slds-radio">
            <input
              type="radio"
              id={`${id}-${option.value}`}
              name={id}
              value={option.value}
              checked={value === option.value}
              onChange={() => onChange(option.value)}
            />
            <label className="slds-radio__label" htmlFor={`${id}-${option.value}`}>
              <span className="slds-radio_faux" />
              <span className="slds-form-element__label">{option.label}</span>
            </label>
          </div>
        ))}
      </div>
    </fieldset>
  );
}
