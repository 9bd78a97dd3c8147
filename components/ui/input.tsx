"use client";

import type { ComponentPropsWithRef } from "react";
import { classes } from "./classes";
import { useFieldControl } from "./field";

type InputProps = ComponentPropsWithRef<"input"> & {
  /** Fixed-width letters, for codes and expressions. */
  code?: boolean;
};

/** A Lightning text input; inside a `Field` it is labelled by it. */
export function Input({ code, className, ...rest }: InputProps) {
  return (
    <input
      {...useFieldControl()}
      {...rest}
      className={classes("slds-input", code && "ui-code-input", className)}
    />
  );
}
