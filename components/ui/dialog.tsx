"use client";

import type { ReactNode, RefObject } from "react";
import { Dialog as BaseDialog } from "@base-ui/react/dialog";
import { Button } from "./button";
import { classes } from "./classes";
import "./dialog.css";

interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  /** One sentence under the title that says what the dialog is for. */
  description?: ReactNode;
  children?: ReactNode;
  /** Buttons, the main one last. */
  footer?: ReactNode;
  size?: "small" | "medium" | "large";
  /** Focused when the dialog opens; else its first control. */
  initialFocus?: RefObject<HTMLElement | null>;
}

/** A Lightning modal: keeps focus inside, closes with Escape, gives focus back. */
export function Dialog(props: DialogProps) {
  const { open, onOpenChange, title, description, children, footer, size = "small", initialFocus } = props;
  return (
    <BaseDialog.Root open={open} onOpenChange={onOpenChange}>
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className="slds-backdrop slds-backdrop_open" />
        <BaseDialog.Popup
          className={classes("slds-modal slds-fade-in-open", `slds-modal_${size}`)}
          initialFocus={initialFocus}
        >
          <div className="slds-modal__container ui-dialog">
            <div className="slds-modal__header">
              <BaseDialog.Title className="slds-modal__title slds-hyphenate">{title}</BaseDialog.Title>
              {description && (
                <BaseDialog.Description className="slds-m-top_x-small">{description}</BaseDialog.Description>
              )}
              <BaseDialog.Close
                render={
                  <Button
                    variant="base"
                    icon="close"
                    iconOnly
                    className="slds-modal__close ui-dialog__close"
                  />
                }
              >
                Close
              </BaseDialog.Close>
            </div>
            {children && <div className="slds-modal__content slds-p-around_medium">{children}</div>}
            {footer && <div className="slds-modal__footer">{footer}</div>}
          </div>
        </BaseDialog.Popup>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  );
}
