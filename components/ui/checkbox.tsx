"use client";

import { useId, type ComponentPropsWithRef, type ReactNode } from "react";

type CheckboxProps = Omit<ComponentPropsWithRef<"input">, "type" | "id"> & { label: ReactNode };

/** A Lightning checkbox with its own label. */
export function Checkbox({ label, ...rest }: CheckboxProps) {
  const id = useId();
  return (
    <div className="slds-checkbox">
      <input {...rest} type="checkbox" id={id} />
      <label className="slds-checkbox__label" htmlFor={id}>
        <span className="slds-checkbox_faux" /> <span className="slds-form-element__label">{label}</span>
      </label>
    </div>
  );
}
