"use client";

import { useEffect, useRef, type ReactNode, type RefObject } from "react";
import { Dialog as BaseDialog } from "@base-ui/react/dialog";
import { Button } from "./button";
import { classes } from "./classes";
import { useCloseErrors } from "./toast";
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
  /** Focused when the dialog opens; else its first field, where there is none its first button in the footer, and last the one that closes it. */
  initialFocus?: RefObject<HTMLElement | null>;
  /** Focused when the dialog is closed, asked then; null: what had the focus before. */
  finalFocus?: () => HTMLElement | null;
}

/** A Lightning modal: keeps focus inside, closes with Escape, gives focus back. */
export function Dialog(props: DialogProps) {
  const { open, onOpenChange, title, description, children, footer, size = "small", initialFocus } = props;
  const { finalFocus } = props;
  const content = useRef<HTMLDivElement>(null);
  const buttons = useRef<HTMLDivElement>(null);
  const closeErrors = useCloseErrors();
  useEffect(() => {
    if (open) closeErrors();
  }, [open, closeErrors]);
  return (
    <BaseDialog.Root open={open} onOpenChange={onOpenChange}>
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className="slds-backdrop slds-backdrop_open" />
        <BaseDialog.Popup
          className={classes("slds-modal slds-fade-in-open", `slds-modal_${size}`)}
          initialFocus={
            initialFocus ?? (() => firstField(content.current) ?? firstButton(buttons.current) ?? true)
          }
          finalFocus={finalFocus && (() => finalFocus() ?? true)}
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
            {children && (
              <div ref={content} className="slds-modal__content slds-p-around_medium">
                {children}
              </div>
            )}
            {footer && (
              <div ref={buttons} className="slds-modal__footer">
                {footer}
              </div>
            )}
          </div>
        </BaseDialog.Popup>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  );
}

/** Where something is to be typed or chosen. Ticks are asides, and the button that closes is not what a person came for. */
function firstField(content: HTMLElement | null): HTMLElement | null {
  const fields = "input:not([type=checkbox], :disabled), select:not(:disabled), textarea:not(:disabled)";
  return content?.querySelector<HTMLElement>(`:is(${fields}, [contenteditable=true])`) ?? null;
}

function firstButton(footer: HTMLElement | null): HTMLElement | null {
  return footer?.querySelector<HTMLElement>("button:not(:disabled)") ?? null;
}
