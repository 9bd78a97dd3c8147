"use client";

import { useRef, type ReactNode } from "react";
import { Button, type ButtonVariant } from "./button";
import { Dialog } from "./dialog";

interface ConfirmDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  /** What happens when confirmed, and what does not. */
  children: ReactNode;
  /** The verb on the button, such as "Pause". */
  confirmLabel: string;
  variant?: Extract<ButtonVariant, "brand" | "destructive">;
  onConfirm: () => void;
  busy?: boolean;
}

/** Asks before something that matters. The caller closes it, when the work is done. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { open, onOpenChange, title, children, confirmLabel, variant = "brand", onConfirm, busy } = props;
  // What destroys takes a deliberate step, not a stray Enter.
  const first = useRef<HTMLButtonElement>(null);
  const isCancelFirst = variant === "destructive";
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={title}
      initialFocus={first}
      footer={
        <>
          <Button ref={isCancelFirst ? first : undefined} onClick={() => onOpenChange(false)}>
            Cancel
          </Button>
          <Button ref={isCancelFirst ? undefined : first} variant={variant} onClick={onConfirm} busy={busy}>
            {confirmLabel}
          </Button>
        </>
      }
    >
      {children}
    </Dialog>
  );
}
