"use client";

import { createContext, use, useId, type ReactNode } from "react";
import { classes } from "./classes";
import { Icon } from "./icon";
import "./field.css";

interface ControlProps {
  id: string;
  required: boolean | undefined;
  "aria-describedby": string | undefined;
  "aria-invalid": true | undefined;
}

const FieldContext = createContext<ControlProps | null>(null);

interface FieldProps {
  label: ReactNode;
  /** One Input, Select, Textarea or Checkbox of this folder: it takes its id and descriptions from here. */
  children: ReactNode;
  help?: ReactNode;
  /** What is wrong and what to do; shown under the control and tied to it. */
  error?: ReactNode;
  required?: boolean;
  /** The error is told at once by screen readers; not for what changes with each key. */
  live?: boolean;
  /** The label is for screen readers only. */
  labelHidden?: boolean;
  className?: string;
}

/** A label, one control, its help and its error, tied together. */
export function Field({ label, children, help, error, required, live, labelHidden, className }: FieldProps) {
  const id = useId();
  const helpId = `${id}-help`;
  const errorId = `${id}-error`;
  const describedBy = [help && helpId, error && errorId].filter(Boolean).join(" ") || undefined;
  const control: ControlProps = {
    id,
    required,
    "aria-describedby": describedBy,
    "aria-invalid": error ? true : undefined,
  };
  return (
    <div className={classes("slds-form-element", error ? "slds-has-error" : null, className)}>
      <label className={labelHidden ? "slds-assistive-text" : "slds-form-element__label"} htmlFor={id}>
        {required && (
          <abbr className="slds-required" title="required">
            *{" "}
          </abbr>
        )}
        {label}
      </label>
      <div className="slds-form-element__control">
        <FieldContext value={control}>{children}</FieldContext>
      </div>
      {help && (
        <div className="ui-field__help" id={helpId}>
          {help}
        </div>
      )}
      {error && (
        <div className="slds-form-element__help" id={errorId} role={live ? "alert" : undefined}>
          <Icon name="error" size="xx-small" /> {error}
        </div>
      )}
    </div>
  );
}

/** What the field around a control gives it; nothing outside of a field. */
export function useFieldControl(): Partial<ControlProps> {
  return use(FieldContext) ?? {};
}
