"use client";

import type { ComponentPropsWithRef } from "react";
import { classes } from "./classes";
import { useFieldControl } from "./field";

export interface SelectOption {
  value: string;
  label: string;
  disabled?: boolean;
}

type SelectProps = Omit<ComponentPropsWithRef<"select">, "children"> & { options: readonly SelectOption[] };

/** A Lightning select; inside a `Field` it is labelled by it. */
export function Select({ options, className, ...rest }: SelectProps) {
  return (
    <div className="slds-select_container">
      <select {...useFieldControl()} {...rest} className={classes("slds-select", className)}>
        {options.map(({ value, label, disabled }) => (
          <option key={value} value={value} disabled={disabled}>
            {label}
          </option>
        ))}
      </select>
    </div>
  );
}
