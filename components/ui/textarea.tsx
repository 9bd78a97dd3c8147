"use client";

import type { ComponentPropsWithRef } from "react";
import { classes } from "./classes";
import { useFieldControl } from "./field";

type TextareaProps = ComponentPropsWithRef<"textarea"> & {
  /** Fixed-width letters, for codes and expressions. */
  code?: boolean;
};

/** A Lightning text area; inside a `Field` it is labelled by it. */
export function Textarea({ code, className, ...rest }: TextareaProps) {
  return (
    <textarea
      {...useFieldControl()}
      {...rest}
      className={classes("slds-textarea", code && "ui-code-input", className)}
    />
  );
}
